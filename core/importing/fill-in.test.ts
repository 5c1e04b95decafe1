import { expect, test } from 'vitest'
import type { Facts, RoomDetails, RoomReport } from '../checking/facts.ts'
import { details, factsOf, roomReport } from '../testing/facts.ts'
import { manifestSchema } from '../communities/manifest.ts'
import { fillIn } from './fill-in.ts'

function report(address: string, some: Partial<RoomDetails> | null): RoomReport {
  return roomReport(address, { details: some === null ? null : details(some) })
}

function facts(space: RoomReport | null, ...rooms: readonly RoomReport[]): Facts {
  return factsOf(rooms, { space, isSignedIn: false })
}

const base = { version: 2, name: 'Riverside' } as const

test('what the page leaves out is filled in, what it says stays', () => {
  const manifest = {
    ...base,
    space: { address: '#space:a.org' },
    rooms: [
      { address: '#lobby:a.org', label: 'Say hello', notes: ['bridged to IRC'] },
      { address: '#wood:a.org', purpose: 'Saws' },
      { address: '#gone:a.org' },
    ],
  }
  const filled = fillIn(
    manifest,
    facts(
      report('#space:a.org', { topic: 'A workshop\nby the river' }),
      report('#lobby:a.org', { name: 'Lobby', topic: 'Hello there', joinRule: 'knock' }),
      report('#wood:a.org', { name: 'Wood\u202E', topic: 'Planes', joinRule: 'restricted' }),
      report('#gone:a.org', null),
    ),
  )
  expect(filled.manifest).toEqual({
    ...manifest,
    summary: 'A workshop by the river',
    rooms: [
      {
        address: '#lobby:a.org',
        label: 'Say hello',
        purpose: 'Hello there',
        notes: ['bridged to IRC', 'a moderator lets people in'],
      },
      { address: '#wood:a.org', label: 'Wood', purpose: 'Saws', notes: ['for members of the space'] },
      { address: '#gone:a.org' },
    ],
  })
  expect(filled).toMatchObject({ names: 1, purposes: 1, rules: 2, unseen: ['#gone:a.org'] })
  expect(manifestSchema.safeParse(filled.manifest).success).toBe(true)
})

test('names and topics of any length fit the format, and open rooms get no note', () => {
  const manifest = { ...base, rooms: [{ address: '#a:a.org' }] }
  const filled = fillIn(
    manifest,
    facts(null, report('#a:a.org', { name: '🦎'.repeat(500), topic: 'x '.repeat(5_000) })),
  ).manifest
  expect(manifestSchema.safeParse(filled).success).toBe(true)
  expect(filled.rooms?.[0]?.notes).toBeUndefined()
})

test('a room that hides itself says nothing', () => {
  const manifest = { ...base, rooms: [{ address: '#a:a.org' }] }
  const filled = fillIn(manifest, facts(null, report('#a:a.org', { sight: 'private', joinRule: null })))
  expect(filled).toMatchObject({ manifest, unseen: ['#a:a.org'] })
})
