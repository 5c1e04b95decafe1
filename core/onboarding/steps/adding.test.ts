import { expect, test } from 'vitest'
import { club } from '../../testing/states.ts'
import { noPage, type AddingPage } from '../../adding/page-state.ts'
import { userEventSchema } from '../events.ts'
import { firstState } from '../moves.ts'
import { next } from '../next.ts'

const account = { userId: '@ada:matrix.org', homeserver: 'matrix.org' }
const adding = next({ ...firstState, account }, { type: 'addCommunity' })
const reading: AddingPage = { kind: 'reading', source: 'chat.md', since: 7 }

test('from the front doors and back, still signed in', () => {
  expect(adding).toEqual({ step: 'adding', experience: 'new', account, page: noPage })
  expect(next(adding, { type: 'back' })).toMatchObject({ step: 'welcome', account })
})

test('shows how reading stands, and forgets it when it is cancelled', () => {
  const busy = next(adding, { type: 'pageChanged', page: reading })
  expect(busy).toMatchObject({ page: reading })
  expect(next(busy, { type: 'cancelPage' })).toEqual(adding)
  expect(next(busy, { type: 'anotherPage' })).toEqual(adding)
  // Answers that come too late.
  expect(next(firstState, { type: 'pageChanged', page: reading })).toBe(firstState)
})

test('a trial leads back to the page from wherever it is left', () => {
  const trial = next(adding, { type: 'communityOpened', community: club, at: 1 })
  expect(trial).toMatchObject({ step: 'preview', isTrial: true, account })
  const rooms = next(trial, { type: 'leavePreview' })
  expect(rooms).toMatchObject({ step: 'rooms', isTrial: true })
  const back = next(rooms, { type: 'back' })
  expect(next(back, { type: 'back' })).toEqual(adding)
})

test('passing the page on is noted with the page, not here', () => {
  expect(next(adding, { type: 'pageShared' })).toBe(adding)
})

test('a look around from the front doors leads back there', () => {
  const preview = next(firstState, { type: 'communityOpened', community: club, at: 1 })
  expect(next(preview, { type: 'back' }).step).toBe('welcome')
})

test('pages are bounded before anything looks at them', () => {
  const open = (page: object): boolean => userEventSchema.safeParse({ type: 'openPage', page }).success
  expect(open({ kind: 'file', name: 'a.md', bytes: new Uint8Array(12) })).toBe(true)
  expect(open({ kind: 'file', name: 'a.md', bytes: null })).toBe(true)
  expect(open({ kind: 'file', name: 'a.md', bytes: new Uint8Array(13 * 1024 * 1024) })).toBe(false)
  expect(open({ kind: 'file', name: 'a.md', bytes: { byteLength: 1 } })).toBe(false)
  expect(open({ kind: 'file', name: 'n'.repeat(2_000), bytes: null })).toBe(false)
  expect(open({ kind: 'typed', text: 'x'.repeat(13 * 1024 * 1024) })).toBe(false)
})
