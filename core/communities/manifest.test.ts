import { describe, expect, test } from 'vitest'
import { manifestSchema } from './manifest.ts'

const room = { address: '#a:x.example', section: 'rooms' }
const good = {
  version: 1,
  id: 'club',
  name: 'Club',
  initials: 'C',
  summary: 'People who meet.',
  colour: '#336699',
  language: 'en',
  roomCount: 1,
  sections: [{ id: 'rooms', name: 'Rooms' }],
  rooms: [room],
  homeservers: [{ name: 'x.example', about: 'own' }],
}

test('the least there can be, filled up', () => {
  const manifest = manifestSchema.parse(good)
  expect(manifest).toMatchObject({ privacy: 'mixed' })
  expect(manifest.rooms[0]).toMatchObject({ via: [], isLobby: false, isSuggested: false, notes: [] })
})

/** What the first complaint says, and where it points. */
function complaint(change: object): { path: string; message: string } | null {
  const parsed = manifestSchema.safeParse({ ...good, ...change })
  const issue = parsed.error?.issues[0]
  return issue === undefined ? null : { path: issue.path.join('.'), message: issue.message }
}

describe('a bad manifest is refused, and says where', () => {
  test.each([
    [{ version: 2 }, 'version'],
    [{ id: 'Club!' }, 'id'],
    [{ id: '../etc' }, 'id'],
    [{ name: '' }, 'name'],
    [{ name: 'x'.repeat(201) }, 'name'],
    [{ initials: 'ABCD' }, 'initials'],
    [{ colour: 'red' }, 'colour'],
    [{ colour: '#33669' }, 'colour'],
    [{ website: 'http://x.example' }, 'website'],
    [{ website: 'javascript:alert(1)' }, 'website'],
    [{ rules: { url: 'https://x.example/a b' } }, 'rules.url'],
    [{ language: 'English' }, 'language'],
    [{ roomCount: 0 }, 'roomCount'],
    [{ roomCount: 5001 }, 'roomCount'],
    [{ roomCount: 1.5 }, 'roomCount'],
    [{ sections: [] }, 'sections'],
    [{ space: { address: 'space' } }, 'space.address'],
    [{ space: { address: '!space', via: ['not a server'] } }, 'space.via.0'],
    [{ homeservers: [{ name: 'x example', about: 'own' }] }, 'homeservers.0.name'],
    [{ homeservers: [{ name: 'x.example', about: 'mine' }] }, 'homeservers.0.about'],
    [{ privacy: 'secret' }, 'privacy'],
    [{ rooms: [{ ...room, address: 'a:x' }] }, 'rooms.0.address'],
    [{ rooms: [{ ...room, address: '@ada:x' }] }, 'rooms.0.address'],
    [{ rooms: [{ ...room, via: Array.from({ length: 11 }, () => 'x') }] }, 'rooms.0.via'],
    [{ rooms: [{ ...room, purpose: 'x'.repeat(501) }] }, 'rooms.0.purpose'],
    [{ reading: { title: 'T', paragraphs: [''] } }, 'reading.paragraphs.0'],
  ])('%j', (change, path) => {
    expect(complaint(change)?.path).toBe(path)
  })

  test('a room listed twice', () => {
    expect(complaint({ rooms: [room, room] })).toEqual({ path: 'rooms', message: 'a room is listed twice' })
  })

  test('a section that does not exist', () => {
    const message = 'a room names a section that does not exist'
    expect(complaint({ rooms: [{ ...room, section: 'other' }] })).toEqual({ path: 'rooms', message })
  })

  test.each([null, [], 'text', 5])('%j is no manifest at all', (value) => {
    expect(manifestSchema.safeParse(value).success).toBe(false)
  })
})

test('5000 rooms fit, one more does not', () => {
  const rooms = Array.from({ length: 5001 }, (_, index) => ({ ...room, address: `#a${index}:x.example` }))
  expect(complaint({ rooms: rooms.slice(1), roomCount: 5000 })).toBeNull()
  expect(complaint({ rooms })?.path).toBe('rooms')
})

test('addresses of every kind', () => {
  const rooms = ['#a:x.example:8448', '#ä b:x.example', '!old:x.example', '!v12without_server'].map(
    (address) => ({
      ...room,
      address,
    }),
  )
  expect(complaint({ rooms })).toBeNull()
})
