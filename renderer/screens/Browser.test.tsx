import { screen } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import type { BrowserProblem } from '../../core/onboarding/state.ts'
import { accessibilityProblems, show } from '../testing/show.tsx'
import {
  browserCode,
  browserCodeExpired,
  browserFinishing,
  browserStopped,
  browserWaiting,
  joiningSignedOut,
  NOW,
  signInByBrowser,
} from '../testing/states.ts'

const problems: readonly (readonly [BrowserProblem, RegExp])[] = [
  [{ kind: 'denied' }, /the page was told not to let Foyer in/],
  [{ kind: 'timedOut' }, /Nobody came back from the browser/],
  [{ kind: 'mixedUp' }, /wasn’t matrix.org’s answer to us/],
  [{ kind: 'noWayBack' }, /doesn’t let the browser reach Foyer/],
  [{ kind: 'noBrowser' }, /No browser could be opened here/],
  [{ kind: 'unreachable' }, /matrix.org isn’t answering/],
  [{ kind: 'interrupted' }, /Foyer was closed while it waited/],
  [{ kind: 'unknown', detail: 'OAuth invalid_scope' }, /said no in a way Foyer doesn’t know/],
]

const said = (sentence: RegExp) =>
  screen.getByText((_, element) => element?.matches('p') === true && sentence.test(element.textContent ?? ''))

describe('Browser', () => {
  for (const [problem, sentence] of problems) {
    it(`says ${problem.kind}, and opens the page again`, async () => {
      const { person, sent } = await show({ ...browserStopped, problem })
      expect(said(sentence)).toBeTruthy()
      await person.click(screen.getByRole('button', { name: 'Open the page again' }))
      expect(sent()).toEqual([{ type: 'useBrowser' }])
      expect(await accessibilityProblems()).toEqual([])
    })
  }

  it('goes on by itself after a rest', async () => {
    await show({ ...browserStopped, problem: { kind: 'rateLimited', retryAt: NOW + 20_000 } })
    expect(said(/matrix.org asks for a short rest/)).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Open the page again' })).toBeNull()
  })

  it('opens the same page while it waits, shows a code, and can be left', async () => {
    const { person, sent } = await show(browserWaiting)
    await person.click(screen.getByRole('button', { name: 'Open the page again' }))
    await person.click(screen.getByRole('button', { name: 'Show a code instead' }))
    await person.keyboard('{Escape}')
    expect(sent()).toEqual([{ type: 'openPageAgain' }, { type: 'showCode' }, { type: 'back' }])
  })

  it('offers no code where the server has none', async () => {
    await show({ ...browserWaiting, offersCode: false })
    expect(screen.queryByRole('button', { name: 'Show a code instead' })).toBeNull()
  })

  it('shows the code in two halves, and its address', async () => {
    const { person, sent } = await show(browserCode)
    expect(screen.getByText('KQM-TWP')).toBeTruthy()
    expect(screen.getByText('account.matrix.org/link')).toBeTruthy()
    expect(screen.getByRole('img', { name: 'QR code for account.matrix.org/link' })).toBeTruthy()
    await person.click(screen.getByRole('button', { name: 'Use the browser on this computer' }))
    expect(sent()).toEqual([{ type: 'useBrowser' }])
  })

  it.each([
    ['ABCD-EFGH', 'ABCD-EFGH'],
    ['12345', '12345'],
    ['ABCDEFGH', 'ABCD-EFGH'],
  ])('leaves a code with signs of its own alone: %s', async (userCode, shown) => {
    const { code } = browserCode
    if (code === null) throw new Error('no code')
    await show({ ...browserCode, code: { ...code, userCode } })
    expect(screen.getByText(shown)).toBeTruthy()
  })

  it('asks for a new code', async () => {
    const { person, sent } = await show(browserCodeExpired)
    expect(said(/wasn’t entered in time/)).toBeTruthy()
    await person.click(screen.getByRole('button', { name: 'Show a new code' }))
    expect(sent()).toEqual([{ type: 'showCode' }])
  })

  it('can’t be turned back once the browser has answered', async () => {
    await show(browserFinishing)
    expect(said(/You’re back/)).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Show a code instead' })).toBeNull()
    expect(screen.queryByRole('button', { name: 'Open the page again' })).toBeNull()
  })
})

describe('the way there', () => {
  it('leads from signing in, without a password', async () => {
    const { person, sent } = await show(signInByBrowser)
    expect(screen.queryByLabelText('Password')).toBeNull()
    await person.click(screen.getByRole('button', { name: 'Go on in the browser' }))
    expect(sent()).toEqual([{ type: 'signInInBrowser' }])
  })

  it('leads from joining, when the session was ended', async () => {
    const { person, sent } = await show(joiningSignedOut)
    await person.click(screen.getByRole('button', { name: 'Sign in again' }))
    expect(sent()).toEqual([{ type: 'signInAgain' }])
  })
})
