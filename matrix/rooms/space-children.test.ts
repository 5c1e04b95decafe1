import { describe, expect, test } from 'vitest'
import { anonymousClient } from '../client.ts'
import type { Fetch } from '../http/fetch.ts'
import { unending } from '../http/tempo.ts'
import { json, scripted } from '../testing/scripted-fetch.ts'
import { askAllSpaceChildren, askSpaceChildren } from './space-children.ts'

interface Page {
  rooms: unknown[]
  next_batch?: string | null
}

type Children = Awaited<ReturnType<typeof askSpaceChildren>>

/** The children of `!space` as these pages tell, and how many pages were asked for. */
async function childrenIn(
  ...pages: (Page | Response)[]
): Promise<{ children: Children; whole: Children; asked: number; slept: number[] }> {
  const script = (_: unknown, nth: number): Response => {
    const page = pages[Math.min(nth, pages.length - 1)]
    return page instanceof Response ? page.clone() : json(page)
  }
  const client = (fetch: Fetch): ReturnType<typeof anonymousClient> =>
    anonymousClient('https://x.example', fetch)
  const { fetch, asked } = scripted(script)
  const slept: number[] = []
  const pauses = {
    sleep: (ms: number) => {
      slept.push(ms)
      return Promise.resolve()
    },
    signal: unending,
  }
  const children = await askSpaceChildren(client(fetch), '!space', pauses)
  const whole = await askAllSpaceChildren(client(scripted(script).fetch), '!space', {
    ...pauses,
    sleep: () => Promise.resolve(),
  })
  return { children, whole, asked: asked.length, slept }
}

const room = (roomId: string, own: object = {}): object => ({
  room_id: roomId,
  num_joined_members: 1,
  children_state: [],
  ...own,
})
const link = (roomId: string, content: object = {}, own: object = {}): object => ({
  type: 'm.space.child',
  state_key: roomId,
  origin_server_ts: 5,
  content: { via: ['x.example'], ...content },
  ...own,
})
const space = (...children: object[]): object =>
  room('!space', { room_type: 'm.space', children_state: children })

test('the specification’s order: order, then age, then ID; an invalid order is none', async () => {
  const links = [
    link('!e'),
    link('!d'),
    link('!c', {}, { origin_server_ts: 1 }),
    link('!g', { order: 'x'.repeat(51) }),
    link('!h', { order: 'ü' }),
    link('!b', { order: 'b' }),
    link('!a', { order: 'a' }),
  ]
  const rooms = ['a', 'b', 'c', 'd', 'e', 'g', 'h'].map((name) => room(`!${name}`))
  const { children } = await childrenIn({ rooms: [space(...links), ...rooms] })
  expect(children?.map((child) => child.address).join('')).toBe('!a!b!c!d!e!g!h')
})

test('depth first, with circles and doubles left out', async () => {
  const sub = room('!sub', {
    room_type: 'm.space',
    children_state: [link('!space'), link('!b'), link('!a'), link('!sub')],
  })
  const { children } = await childrenIn({
    rooms: [
      space(link('!sub'), link('!a', {}, { origin_server_ts: 9 }), link('!a')),
      sub,
      room('!a'),
      room('!b'),
    ],
  })
  expect(children?.map((child) => [child.address, child.facts.isSpace])).toEqual([
    ['!a', false],
    ['!sub', true],
    ['!b', false],
  ])
})

test('each room says in which subspace it stands; one without a name counts as the one around it', async () => {
  const subspace = (roomId: string, name: string | undefined, ...inside: string[]): object =>
    room(roomId, { room_type: 'm.space', name, children_state: inside.map((each) => link(each)) })
  const { children } = await childrenIn({
    rooms: [
      space(link('!a', { order: '1' }), link('!plants', { order: '2' })),
      room('!a'),
      subspace('!plants', 'Plants', '!rose', '!nameless'),
      room('!rose'),
      subspace('!nameless', undefined, '!fern'),
      room('!fern'),
    ],
  })
  const plants = { roomId: '!plants', name: 'Plants' }
  expect(
    children?.filter(({ facts }) => !facts.isSpace).map(({ address, within }) => [address, within]),
  ).toEqual([
    ['!a', null],
    ['!fern', plants],
    ['!rose', plants],
  ])
})

test('spaces may nest as deep as they like', async () => {
  const deep = Array.from({ length: 3_000 }, (_, index) =>
    room(`!s${index}`, { room_type: 'm.space', children_state: [link(`!s${index + 1}`)] }),
  )
  const { children } = await childrenIn({ rooms: [space(link('!s0')), ...deep, room('!s3000')] })
  expect(children).toHaveLength(3_001)
  expect(children?.at(-1)?.address).toBe('!s3000')
})

test('children without a usable server or ID are ignored', async () => {
  const { children } = await childrenIn({
    rooms: [
      space(
        link('!none', { via: [] }),
        link('!odd', { via: 'x' }),
        link('#alias:x'),
        link(''),
        { type: 'm.space.child', state_key: '!bare', content: {} },
        link('!late', {}, { origin_server_ts: 'now' }),
        link('!good', { via: ['not a server', 'x.example'], suggested: true }),
      ),
      room('!good'),
      room('!late'),
    ],
  })
  expect(children?.map((child) => child.address)).toEqual(['!late', '!good'])
  expect(children?.[1]).toMatchObject({ via: ['x.example'], isSuggested: true })
})

test('a child that is named but not shown is for members', async () => {
  const { children } = await childrenIn({ rooms: [space(link('!hidden'))] })
  expect(children).toMatchObject([{ address: '!hidden', via: ['x.example'], facts: { sight: 'private' } }])
})

test('the way to each room that isn’t open leads through the spaces that may let in', async () => {
  const isSpace = { room_type: 'm.space' }
  const { children } = await childrenIn({
    rooms: [
      space(link('!outer'), link('!both')),
      room('!outer', {
        ...isSpace,
        join_rule: 'restricted',
        children_state: [link('!inner'), link('!both')],
      }),
      room('!inner', {
        ...isSpace,
        join_rule: 'restricted',
        children_state: [link('!members'), link('!hidden'), link('!anyone'), link('!open')],
      }),
      room('!members', { join_rule: 'restricted' }),
      room('!anyone', { join_rule: 'public' }),
      room('!both', { join_rule: 'restricted' }),
      room('!open', { ...isSpace, join_rule: 'public', children_state: [link('!inside')] }),
      room('!inside', { join_rule: 'restricted' }),
    ],
  })
  const paths = children?.map(({ address, path }) => [address, path.map((each) => each.address).join(' ')])
  expect(Object.fromEntries(paths ?? [])).toEqual({
    '!outer': '',
    '!inner': '!outer',
    '!members': '!outer !inner',
    '!hidden': '!outer !inner',
    '!anyone': '',
    '!both': '',
    '!open': '',
    '!inside': '!open',
  })
})

describe('pages', () => {
  const first = { rooms: [space(link('!a'), link('!b')), room('!a')], next_batch: 'two' }

  test('are put together', async () => {
    const { children, asked } = await childrenIn(first, { rooms: [room('!b')] })
    expect(children?.map((child) => child.facts.sight)).toEqual(['seen', 'seen'])
    expect(asked).toBe(2)
  })

  test('that never end are left', async () => {
    const { children, asked } = await childrenIn(first)
    expect(children).toHaveLength(2)
    expect(asked).toBeLessThanOrEqual(5)
  })

  test.each([null, ''])('end with a next one of %j', async (nextBatch) => {
    expect((await childrenIn({ ...first, next_batch: nextBatch })).asked).toBe(1)
  })

  test.each([
    ['fail', json({}, 500), 0],
    ['are refused for ever', json({ errcode: 'M_LIMIT_EXCEEDED' }, 429), 40],
  ])('that %s leave what came before', async (_, answer, waits) => {
    const { children, slept } = await childrenIn(first, answer)
    expect(children?.map((child) => child.facts.sight)).toEqual(['seen', 'private'])
    expect(slept).toHaveLength(waits)
  })

  test('asked for too fast are waited for, and then asked for more slowly', async () => {
    const tooFast = json({ errcode: 'M_LIMIT_EXCEEDED', retry_after_ms: 900 }, 429)
    const next = { rooms: [room('!b')], next_batch: 'three' }
    const { children, slept } = await childrenIn(first, tooFast, next, { rooms: [room('!c')] })
    expect(children?.map((child) => child.facts.sight)).toEqual(['seen', 'seen'])
    expect(slept).toEqual([900, 250])
  })

  test('in a circle are left', async () => {
    const second = { rooms: [room('!b')], next_batch: 'two' }
    expect((await childrenIn(first, second)).asked).toBe(2)
  })

  test('are enough at 5,000 rooms, spaces not counted', async () => {
    const spaces = Array.from({ length: 60 }, (_, index) => room(`!s${index}`, { room_type: 'm.space' }))
    const rooms = Array.from({ length: 5_010 }, (_, index) => room(`!r${index}`))
    const links = rooms.map((_, index) => link(`!r${index}`))
    const nested = spaces.map((_, index) => link(`!s${index}`, { order: '0' }))
    const whole = { rooms: [space(...nested, ...links), ...spaces, ...rooms], next_batch: 'more' }
    const { children, asked } = await childrenIn(whole)
    expect(children).toHaveLength(5_060)
    expect(asked).toBe(1)
  })

  test('that fail leave nothing to whoever wants all', async () => {
    const limited = json({ errcode: 'M_LIMIT_EXCEEDED' }, 429)
    expect((await childrenIn(first, limited)).whole).toBeNull()
    expect((await childrenIn(first, { rooms: [room('!b')] })).whole).toHaveLength(2)
  })
})

test.each([
  ['not in it', json({ errcode: 'M_FORBIDDEN' }, 403)],
  ['no list in the answer', json({})],
  ['a page', new Response('<html>', { status: 502 })],
])('%s: null', async (_name, answer) => {
  expect((await childrenIn(answer)).children).toBeNull()
})
