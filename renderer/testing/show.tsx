import { act, render, type RenderResult } from '@testing-library/react'
import userEvent, { type UserEvent as Person } from '@testing-library/user-event'
import axe from 'axe-core'
import type { Environment } from '../../core/bridge/contract.ts'
import type { FoundInstitution } from '../../core/homeservers/search.ts'
import type { OnboardingState } from '../../core/onboarding/state.ts'
import { App } from '../App.tsx'
import { openShell, ShellProvider } from '../bridge.tsx'
import { createI18n } from '../i18n/i18n.ts'
import { WordsProvider } from '../i18n/words.tsx'
import { fakeBridge, type FakeBridge } from './fake-bridge.ts'

/** A window on screen, somebody in front of it, and the double that it talks to. */
export interface Shown extends FakeBridge {
  readonly view: RenderResult
  readonly person: Person
}

/** Puts the whole app on screen in one state. */
export async function show(
  state: OnboardingState,
  environment: Partial<Environment> = {},
  person: Person = userEvent.setup(),
  institutions: readonly FoundInstitution[] = [],
): Promise<Shown> {
  const fake = fakeBridge(state, environment, institutions)
  const shell = await openShell(fake.bridge)
  const view = render(
    <WordsProvider i18n={createI18n('en')}>
      <ShellProvider shell={shell}>
        <App />
      </ShellProvider>
    </WordsProvider>,
  )
  return { ...fake, view, person, push: (next) => act(() => fake.push(next)) }
}

/** What axe finds wrong, in words. Contrast needs real pixels and is checked in the window tests. */
export async function accessibilityProblems(): Promise<readonly string[]> {
  const results = await axe.run(document.documentElement, {
    rules: {
      'color-contrast': { enabled: false },
      'document-title': { enabled: true },
      'html-has-lang': { enabled: false },
    },
  })
  return results.violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`,
  )
}
