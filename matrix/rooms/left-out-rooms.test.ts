import { expect, test } from 'vitest'
import { anonymousClient } from '../client.ts'
import { unending } from '../http/tempo.ts'
import { json, scripted } from '../testing/scripted-fetch.ts'
import { blankFacts } from '../../core/communities/community.ts'
import { withLeftOutRooms } from './left-out-rooms.ts'

const hidden = (roomId: string): Parameters<typeof withLeftOutRooms>[1][number] => ({
  address: roomId,
  via: ['a.example', 'b.example', 'c.example', 'd.example'],
  facts: { ...blankFacts('private'), roomId },
  isSuggested: false,
  within: null,
  path: [],
})

test('rooms that show themselves get their facts, the others stay hidden; a refusal is waited out', async () => {
  const answers = [
    json({ room_id: '!one', name: 'One', join_rule: 'public', num_joined_members: 3 }),
    json({ errcode: 'M_LIMIT_EXCEEDED', retry_after_ms: 700 }, 429),
    json({ errcode: 'M_NOT_FOUND' }, 404),
    json({ room_id: '!elsewhere', name: 'Three', join_rule: 'knock' }),
  ]
  const { fetch, asked } = scripted((_, nth) => answers[nth] ?? json({}, 500))
  const slept: number[] = []
  const seen = { ...hidden('!seen'), facts: { ...blankFacts('seen'), roomId: '!seen' } }
  const children = await withLeftOutRooms(
    anonymousClient('https://x.example', fetch),
    [hidden('!one'), seen, hidden('!two'), hidden('!three')],
    {
      sleep: (ms) => {
        slept.push(ms)
        return Promise.resolve()
      },
      signal: unending,
    },
  )
  expect(children.map(({ facts: { sight, name } }) => [sight, name])).toEqual([
    ['seen', 'One'],
    ['seen', null],
    ['private', null],
    ['seen', 'Three'],
  ])
  // Whatever the answer says, it is about the room that was asked for.
  expect(children[3]?.facts.roomId).toBe('!three')
  expect(slept).toEqual([700, 250])
  expect(asked).toHaveLength(4)
})
