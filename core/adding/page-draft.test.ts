import { describe, expect, test } from 'vitest'
import { manifestSchema } from '../communities/manifest.ts'
import { longList } from '../testing/large-inputs.ts'
import { correct, type Correction } from './corrections.ts'
import { draftOf, manifestOf, pageOf, type PageDraft } from './page-draft.ts'
import { looksLikeText, readPage } from './page-reading.ts'

const PAGE = `# Riverside

Our [space](https://matrix.to/#/#riverside:matrix.org).

## Start here
- [Lobby](https://matrix.to/#/#lobby:matrix.org): say hello
- [Metal](https://matrix.to/#/#metal:matrix.org)
- [Metal](https://matrix.to/#/#wood:matrix.org)

## Later
Ask @ada:matrix.org.
`

function read(text = PAGE): PageDraft {
  const draft = draftOf(readPage(text, { name: 'chat.md' }), 'chat.md', 1)
  if (draft === null) throw new Error('nothing found')
  return draft
}

function after(...corrections: readonly Correction[]): PageDraft {
  const draft = read()
  return { ...draft, corrections: corrections.reduce(correct, draft.corrections) }
}

const out = (address: string): Correction => ({ kind: 'leaveOut', address, isOut: true })

describe('a page as its maintainer sees it', () => {
  test('space, rooms with sections and lines, and what was passed over', () => {
    const page = pageOf(read())
    expect(page).toMatchObject({ name: 'Riverside', space: { address: '#riverside:matrix.org', line: 3 } })
    expect(page.rooms.map(({ address, label, section, line }) => [address, label, section, line])).toEqual([
      ['#lobby:matrix.org', 'Lobby', 'Start here', 6],
      ['#metal:matrix.org', 'Metal', 'Start here', 7],
      ['#wood:matrix.org', 'Metal', 'Start here', 8],
    ])
    expect(page.leftOut).toMatchObject([{ written: '@ada:matrix.org', reason: 'person', line: 11 }])
    expect(page.lack).toBeNull()
  })

  test('what looks wrong is told with its line, and is settled by a correction', () => {
    const remarks = pageOf(read()).remarks.map(({ id, line }) => [id, line])
    expect(remarks).toContainEqual(['name-twice', 8])
    const label: Correction = { kind: 'label', address: '#wood:matrix.org', text: 'Wood' }
    for (const draft of [after(label), after(out('#wood:matrix.org'))])
      expect(pageOf(draft).remarks.filter((each) => each.line === 8)).toEqual([])
  })

  test('the worst comes first', () => {
    const severities = pageOf(
      read(`${PAGE}\n- !abcdefghijkl:matrix.org\n- [Twin](https://matrix.to/#/#Lobby:matrix.org)`),
    ).remarks.map((each) => each.severity)
    const order = ['error', 'warning', 'note']
    expect(severities).toEqual(severities.toSorted((one, other) => order.indexOf(one) - order.indexOf(other)))
    expect(new Set(severities).size).toBeGreaterThan(1)
  })
})

describe('corrections', () => {
  test('name, summary, a label, a room left out: all of it is in the manifest', () => {
    const manifest = manifestOf(
      after(
        { kind: 'name', text: ' River\u202Eside  Makers ' },
        { kind: 'summary', text: 'By the river.' },
        { kind: 'label', address: '#lobby:matrix.org', text: 'Say hello' },
        out('#metal:matrix.org'),
      ),
    )
    expect(manifest).toMatchObject({ name: 'Riverside Makers', summary: 'By the river.' })
    expect(manifest?.rooms?.map(({ address, label }) => [address, label])).toEqual([
      ['#lobby:matrix.org', 'Say hello'],
      ['#wood:matrix.org', 'Metal'],
    ])
    expect(manifestSchema.safeParse(manifest).success).toBe(true)
  })

  test('another room becomes the space, and what was the space a room, in its place', () => {
    const page = pageOf(after({ kind: 'space', text: '#lobby:matrix.org' }))
    expect(page.space).toMatchObject({ address: '#lobby:matrix.org', line: 6 })
    expect(page.rooms.map((room) => room.address)).toEqual([
      '#riverside:matrix.org',
      '#metal:matrix.org',
      '#wood:matrix.org',
    ])
  })

  test('a space that the page doesn’t name, in any form of an address', () => {
    const text = 'https://matrix.to/#/!space:example.net?via=example.net'
    const draft = after({ kind: 'space', text })
    expect(pageOf(draft).space).toEqual({
      address: '!space:example.net',
      via: ['example.net'],
      line: 0,
    })
    expect(manifestOf(draft)?.space).toEqual({ address: '!space:example.net', via: ['example.net'] })
  })

  test('what is no address changes nothing, and says so', () => {
    const page = pageOf(after({ kind: 'space', text: 'our space' }))
    expect(page).toMatchObject({ isSpaceWrong: true, space: { address: '#riverside:matrix.org' } })
    expect(pageOf(after({ kind: 'space', text: 'x' }, { kind: 'space', text: '' }))).toMatchObject({
      isSpaceWrong: false,
      space: null,
    })
  })

  test('what is missing keeps it from being tried', () => {
    expect(pageOf(after({ kind: 'name', text: ' ' })).lack).toBe('name')
    const rooms = ['#riverside', '#lobby', '#metal', '#wood'].map((local) => out(`${local}:matrix.org`))
    const empty = after({ kind: 'space', text: '' }, ...rooms)
    expect(pageOf(empty)).toMatchObject({ lack: 'rooms', remarks: [{ id: 'nothing-listed' }] })
    expect(manifestOf(empty)).toBeNull()
    // They are still there to be put back.
    expect(pageOf(empty).rooms).toHaveLength(4)
  })
})

test('of five thousand rooms one is taken out, and the others stay', () => {
  const draft = read(longList(5_000))
  const page = pageOf({ ...draft, corrections: correct(draft.corrections, out('#room-7:club.test')) })
  expect(page.rooms).toHaveLength(5_000)
  expect(page.rooms.filter(({ isOut }) => isOut).map(({ address }) => address)).toEqual(['#room-7:club.test'])
})

test.each([
  ['# A page\nwith text', true],
  ['', false],
  [' \n', false],
  ['PK\u0003\u0004\u0014\u0000\u0006\u0000', false],
  ['GIF89a\u0000\u0001\u0000\u0001', false],
  ['\ufffd\ufffd\ufffd\ufffd', false],
  ['a form feed\u000c and a tab\tare text', true],
])('%j is text: %s', (text, isText) => {
  expect(looksLikeText(text)).toBe(isText)
})
