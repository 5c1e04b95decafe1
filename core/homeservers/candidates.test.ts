import { expect, test } from 'vitest'
import { community, room } from '../testing/communities.ts'
import { candidatesFor } from './candidates.ts'

const list = ['matrix.org', 'public.example', 'other.example'].map((name) => ({
  name,
  isSuggested: true,
  source: 'a test',
}))
const member = { name: 'members.example', isSuggested: false, source: 'a test' }

test('what the community recommends, where its rooms live, the public list; none twice', () => {
  const club = community(
    [
      room('#a:few.example'),
      room('#b:many.example'),
      room('#c:many.example'),
      room('!d', { via: ['hinted.example'] }),
    ],
    {
      homeservers: [
        { name: 'hinted.example', about: 'own' },
        { name: 'public.example', about: 'public' },
      ],
    },
  )
  expect(candidatesFor(club, [...list, member])).toEqual([
    { name: 'hinted.example', about: 'own', origin: 'hint' },
    { name: 'public.example', about: 'public', origin: 'hint' },
    { name: 'many.example', about: null, origin: 'rooms' },
    { name: 'few.example', about: null, origin: 'rooms' },
    { name: 'matrix.org', about: 'matrixorg', origin: 'list' },
    { name: 'other.example', about: 'public', origin: 'list' },
  ])
})

test('of many servers with rooms those with most', () => {
  const rooms = ['#a:a.example', '#b:b.example', '#c:c.example', '#d:d.example', '#e:d.example']
  const origins = candidatesFor(community(rooms.map((address) => room(address))), [])
  expect(origins.map((each) => each.name)).toEqual(['d.example', 'a.example', 'b.example'])
})

test('the space counts as a room', () => {
  const space = { address: '#space:s.example', via: ['v.example'], name: null, roomId: null }
  expect(candidatesFor(community([], { space }), []).map((each) => each.name)).toEqual([
    's.example',
    'v.example',
  ])
})
