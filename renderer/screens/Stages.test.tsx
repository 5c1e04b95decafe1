import { act, screen } from '@testing-library/react'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { show } from '../testing/show.tsx'
import { NOW, stages, stagesCode, stagesHalfway, stagesPages } from '../testing/states.ts'

describe('Stages', () => {
  it('opens a page when asked to, and again', async () => {
    const { person, sent, push } = await show(stages)
    await person.click(screen.getByRole('button', { name: 'Open the page' }))
    expect(sent()).toEqual([{ type: 'openStage', stage: 'm.login.recaptcha' }])
    push(stagesHalfway)
    await person.click(screen.getByRole('button', { name: 'Open the page again' }))
    expect(sent()).toHaveLength(2)
    expect(screen.getByText(/is confirmed/).textContent).toBe('ada@example.org is confirmed.')
  })

  it('says where there is no page for a step', async () => {
    await show(stagesPages)
    expect(screen.getByText(/has no page for this step/)).toBeTruthy()
    expect(screen.getByText(/Come back here when the page thanks you/)).toBeTruthy()
  })

  it('has a mail sent again, but not at once', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: NOW })
    onTestFinished(() => void vi.useRealTimers())
    const { person, sent, push } = await show(stages)
    expect(screen.getByText('Send it again in 0:24')).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Send it again' })).toBeNull()
    push({ ...stages, tasks: stages.tasks.map((task) => ({ ...task, resendAt: NOW })) })
    await person.click(screen.getByRole('button', { name: 'Send it again' }))
    expect(sent()).toEqual([{ type: 'resendEmail' }])
  })

  it('takes a code, and says at its field when it is wrong', async () => {
    const { person, sent } = await show(stagesCode)
    const code = screen.getByRole('textbox', { name: 'Code from the mail' })
    expect(code.getAttribute('aria-invalid')).toBe('true')
    await person.click(screen.getByRole('button', { name: 'Confirm' }))
    expect(screen.getByText('Type the code first.')).toBeTruthy()
    await person.type(code, ' 123456 {Enter}')
    expect(sent()).toEqual([{ type: 'submitCode', code: '123456' }])
  })

  it('looks at once when somebody comes back to the window', async () => {
    const { sent } = await show(stages)
    act(() => void window.dispatchEvent(new Event('focus')))
    expect(sent()).toEqual([{ type: 'checkAgain' }])
  })
})
