import { render, screen } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { createI18n } from '../i18n/i18n.ts'
import { WordsProvider } from '../i18n/words.tsx'
import { CrashGuard } from './Crash.tsx'

function Broken(): never {
  throw new Error('a door fell off')
}

describe('CrashGuard', () => {
  it('says that it is our mistake, and folds the details', () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {})
    render(
      <WordsProvider i18n={createI18n('en')}>
        <CrashGuard>
          <Broken />
        </CrashGuard>
      </WordsProvider>,
    )
    expect(screen.getByRole('heading', { name: 'Something broke in Foyer' })).toBeTruthy()
    expect(screen.getByRole('button', { name: 'Start again' })).toBeTruthy()
    expect(screen.getByText(/a door fell off/).closest('details')?.open).toBe(false)
    log.mockRestore()
  })
})
