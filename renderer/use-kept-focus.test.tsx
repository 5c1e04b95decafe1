import { screen, waitFor } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { show } from './testing/show.tsx'
import {
  browserDenied,
  browserPreparing,
  createAccount,
  createAccountNameOnly,
  createAccountTaken,
  stages,
  stagesHalfway,
} from './testing/states.ts'

const focusIsOn = (element: () => Element | null): Promise<void> =>
  waitFor(() => expect(document.activeElement).toBe(element()))

describe('what had the focus goes away, and it moves', () => {
  it('from an offer that was taken to the field that it fills', async () => {
    const { person } = await show(createAccountTaken)
    await person.click(screen.getByRole('button', { name: 'ada-writes' }))
    await focusIsOn(() => screen.getByRole('textbox', { name: 'Username' }))
  })

  it('from “Suggest one” to the password', async () => {
    const { person } = await show(createAccount)
    await person.click(screen.getByRole('button', { name: 'Suggest one' }))
    await focusIsOn(() => screen.getByLabelText('Password'))
  })

  it('from “Choose another one” to the field that opens', async () => {
    const { person } = await show(createAccountNameOnly)
    await person.click(screen.getByRole('button', { name: 'Choose another one' }))
    await focusIsOn(() => screen.getByLabelText('Password'))
  })

  it('from a button whose errand is done to what stands around it, which Tab passes by', async () => {
    const { push } = await show(stages)
    screen.getByRole('button', { name: 'Open the page' }).focus()
    const [mail, page] = stagesHalfway.tasks
    if (mail === undefined || page === undefined) throw new Error('There are two')
    push({ ...stages, tasks: [mail, { ...page, isDone: true }] })
    await focusIsOn(() => screen.getByRole('heading', { name: 'Show that you’re human' }).closest('li'))
    expect(document.activeElement?.getAttribute('tabindex')).toBe('-1')
  })

  it('to the heading where nothing of that is left', async () => {
    const { push } = await show(browserDenied)
    screen.getByRole('button', { name: 'Open the page again' }).focus()
    push(browserPreparing)
    await focusIsOn(() => screen.getByRole('heading', { level: 1 }))
  })

  it('nowhere while nothing had it', async () => {
    const { push } = await show(browserDenied)
    screen.getByRole('heading', { level: 1 }).blur()
    push(browserPreparing)
    await new Promise(requestAnimationFrame)
    await new Promise(requestAnimationFrame)
    expect(document.activeElement).toBe(document.body)
  })
})
