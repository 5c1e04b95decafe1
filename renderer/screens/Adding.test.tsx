import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { pageProblems } from '../../core/adding/page-state.ts'
import {
  adding,
  addingCorrected,
  addingFetching,
  addingFound,
  addingMany,
  addingNameless,
  addingShared,
} from '../testing/adding-states.ts'
import { show } from '../testing/show.tsx'
import { welcome } from '../testing/states.ts'

const field = (): HTMLElement => screen.getByRole('textbox', { name: 'The page’s address, or its text' })
const correction = (what: object): object => ({ type: 'correctPage', correction: what })

describe('handing a page in', () => {
  it('is reached from the front doors', async () => {
    const { person, sent } = await show(welcome)
    await person.click(screen.getByRole('button', { name: 'Add your community' }))
    expect(sent()).toEqual([{ type: 'addCommunity' }])
  })

  it('takes an address with Enter, and a text with the button', async () => {
    const { person, sent } = await show(adding)
    await person.click(field())
    await person.keyboard('https://riverside.example/chat{Enter}')
    const address = { type: 'openPage', page: { kind: 'typed', text: 'https://riverside.example/chat' } }
    expect(sent()).toEqual([address])
    await person.clear(field())
    await person.keyboard('Our rooms:{Enter}#a:b.club')
    expect(sent()).toHaveLength(1)
    await person.click(screen.getByRole('button', { name: 'Read the page' }))
    expect(sent().at(-1)).toEqual({
      type: 'openPage',
      page: { kind: 'typed', text: 'Our rooms:\n#a:b.club' },
    })
  })

  it('asks for something when there is nothing', async () => {
    const { person, sent } = await show(adding)
    await person.click(screen.getByRole('button', { name: 'Read the page' }))
    expect(sent()).toEqual([])
    expect(document.activeElement).toBe(field())
  })

  it('takes a file as bytes, also one that is dropped at the front doors', async () => {
    const { sent, push } = await show(welcome)
    const file = new File(['# Rooms'], 'chat.md')
    fireEvent.drop(window, { dataTransfer: { files: [file], types: ['Files'] } })
    await waitFor(() => expect(sent()).toHaveLength(2))
    const bytes = new TextEncoder().encode('# Rooms')
    expect(sent()).toMatchObject([
      { type: 'addCommunity' },
      { type: 'openPage', page: { kind: 'file', name: 'chat.md' } },
    ])
    expect(bytesOf(sent()[1])).toEqual([...bytes])
    push(adding)
    fireEvent.drop(window, { dataTransfer: { files: [file], types: ['Files'] } })
    await waitFor(() => expect(sent()).toHaveLength(3))
  })

  it('sends nothing of a file that is larger than any page', async () => {
    const { sent } = await show(adding)
    const file = new File([], 'film.md')
    Object.defineProperty(file, 'size', { value: 13 * 1024 * 1024 })
    fireEvent.drop(window, { dataTransfer: { files: [file], types: ['Files'] } })
    await waitFor(() =>
      expect(sent()).toEqual([{ type: 'openPage', page: { kind: 'file', name: 'film.md', bytes: null } }]),
    )
  })

  it('can be cancelled while it lasts, by button and by Esc', async () => {
    const { person, sent } = await show(addingFetching)
    expect(screen.getByText(/^Getting/).textContent).toContain('https://riverside.example/chat')
    await person.click(screen.getByRole('button', { name: 'Cancel' }))
    await person.keyboard('{Escape}')
    expect(sent()).toEqual([{ type: 'cancelPage' }, { type: 'cancelPage' }])
    await person.click(screen.getByRole('button', { name: 'Reading …' }))
    expect(sent()).toHaveLength(2)
  })

  for (const problem of pageProblems) {
    it(`says why a page wasn’t read, and what to do: ${problem}`, async () => {
      await show({ ...adding, page: { kind: 'none', problem, source: 'https://riverside.example/chat' } })
      expect(field().getAttribute('aria-invalid')).toBe('true')
      const words = document.getElementById(field().getAttribute('aria-describedby') ?? '')?.textContent ?? ''
      // What happened, and what comes next.
      expect(words.split(/[.!] /).length).toBeGreaterThan(1)
      expect(document.activeElement).toBe(field())
    })
  }
})

describe('what was found', () => {
  it('names rooms with their lines under the page’s headings, and what was passed over', async () => {
    const { person } = await show(addingFound)
    const start = screen.getByRole('heading', { name: 'Start here' }).closest('section')
    if (start === null) throw new Error('no section')
    expect(within(start).getByText('Lobby')).toBeTruthy()
    expect(within(start).getByText(/^line 12/).textContent).toBe('line 12 · Say hello, ask anything')
    await person.click(screen.getByText('3 things passed over'))
    expect(screen.getByText('@ada:matrix.org')).toBeTruthy()
    expect(screen.getByText('A person, not a room')).toBeTruthy()
  })

  it('says what looks wrong in words, the worst first, with what to do', async () => {
    await show(addingFound)
    const remarks = screen.getByRole('heading', { name: 'Worth a look' }).closest('section')
    const rows = [...(remarks?.querySelectorAll('li') ?? [])].map((row) => row.textContent ?? '')
    expect(rows[0]).toMatch(/^Newcomers would fail: No server is named with the ID/)
    expect(rows.at(-1)).toMatch(/^Most likely wrong: “Metal” appears twice.*Change one of the names below\./)
  })

  it('sends corrections once a field is left, and only what has changed', async () => {
    const { person, sent } = await show(addingFound)
    const name = screen.getByRole('textbox', { name: 'Name' })
    await person.click(name)
    await person.tab()
    expect(sent()).toEqual([])
    await person.clear(name)
    await person.type(name, 'Makers')
    await person.tab()
    expect(sent()).toEqual([correction({ kind: 'name', text: 'Makers' })])
    const space = screen.getByRole('textbox', { name: 'Address of the space' })
    await person.clear(space)
    await person.keyboard('{Enter}')
    expect(sent().at(-1)).toEqual(correction({ kind: 'space', text: '' }))
  })

  it('takes rooms out, names them anew and makes one the space', async () => {
    const { person, sent } = await show(addingFound)
    await person.click(screen.getByRole('checkbox', { name: 'Take in Wood' }))
    const address = '#riverside-wood:matrix.org'
    expect(sent()).toEqual([correction({ kind: 'leaveOut', address, isOut: true })])
    await person.click(screen.getByRole('button', { name: 'Change Wood' }))
    const label = screen.getByRole('textbox', { name: 'What newcomers read' })
    expect(document.activeElement).toBe(label)
    await person.clear(label)
    await person.keyboard('Timber{Enter}')
    expect(sent().at(-1)).toEqual(correction({ kind: 'label', address, text: 'Timber' }))
    await person.click(screen.getByRole('button', { name: 'This is the space' }))
    expect(sent().at(-1)).toEqual(correction({ kind: 'space', text: address }))
    // Esc closes the row, not the page.
    const again = screen.getByRole('textbox', { name: 'What newcomers read' })
    await person.click(again)
    await person.keyboard('{Escape}')
    expect(screen.queryByRole('textbox', { name: 'What newcomers read' })).toBeNull()
    expect(sent().at(-1)).not.toEqual({ type: 'back' })
  })

  it('shows what was left out by hand as such', async () => {
    await show(addingCorrected)
    expect(screen.getByText('left out')).toBeTruthy()
    expect(screen.getByText('Textile')).toBeTruthy()
  })

  it('is tried and saved, and copied as a link to the space or to the file', async () => {
    const { person, sent, calls } = await show(addingFound)
    await person.click(screen.getByRole('button', { name: 'Try it' }))
    expect(sent()).toEqual([{ type: 'tryPage' }])
    await person.click(screen.getByRole('button', { name: 'Save the manifest …' }))
    expect(await screen.findByText('Saved as /home/ada/Documents/mathesar.foyer')).toBeTruthy()
    expect(sent()).toEqual([{ type: 'tryPage' }, { type: 'pageShared' }])
    const copied = (): unknown => calls.findLast((call) => call.name === 'copyText')?.argument
    await person.click(screen.getByRole('button', { name: 'Copy link' }))
    expect(copied()).toBe('foyer:?join=%23riverside%3Amatrix.org')
    expect(sent()).toHaveLength(3)
    await person.type(
      screen.getByRole('textbox', { name: 'Where the file is on the web' }),
      'https://riverside.example/r.foyer',
    )
    await person.click(screen.getByRole('button', { name: 'Copy link' }))
    expect(copied()).toBe('foyer:?join=https%3A%2F%2Friverside.example%2Fr.foyer')
  })

  it('is at its last step once it was tried, saved or passed on', async () => {
    const { push } = await show(addingFound)
    const current = (): string | undefined =>
      document.querySelector('[aria-current=step]')?.textContent ?? undefined
    expect(current()).toBe('Put it right')
    push(addingShared)
    await waitFor(() => expect(current()).toBe('Try it and share it'))
    expect(screen.getByText('Step 3 of 3')).toBeTruthy()
  })

  it('says what is missing instead', async () => {
    const { person, sent, calls } = await show(addingNameless)
    for (const name of ['Try it', 'Save the manifest …']) {
      const button = screen.getByRole('button', { name, description: 'Your community needs a name.' })
      expect(button.getAttribute('aria-disabled')).toBe('true')
      await person.click(button)
    }
    expect(sent()).toEqual([])
    expect(calls.some((call) => call.name === 'saveManifest')).toBe(false)
    const space = screen.getByRole('textbox', { name: 'Address of the space' })
    expect(space.getAttribute('aria-invalid')).toBe('true')
  })

  it('offers no link where there is neither a space nor a file', async () => {
    const { person, calls } = await show(addingMany)
    await person.click(screen.getByRole('button', { name: 'Copy link' }))
    expect(calls.some((call) => call.name === 'copyText')).toBe(false)
    expect(screen.getByText('Without a space, a link needs the file’s address.')).toBeTruthy()
  })
})

function bytesOf(event: unknown): number[] {
  const { page } = event as { page: { bytes: Uint8Array } }
  return [...page.bytes]
}
