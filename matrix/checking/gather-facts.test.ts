import { describe, expect, test } from 'vitest'
import { HomeserverDirectory } from '../homeserver/discover.ts'
import { json, scripted, type ScriptedRequest } from '../testing/scripted-fetch.ts'
import { gatherFacts, type AskedRoom, type Inquiry } from './gather-facts.ts'

/** Two homeservers that work, of which `far.example` isn't in the room; any other name leads nowhere. */
function world(
  change: (request: ScriptedRequest) => Response | null = () => null,
): ReturnType<typeof scripted> {
  return scripted((request) => {
    const { hostname, pathname } = request.url
    if (hostname !== 'home.example' && hostname !== 'far.example') throw new TypeError('fetch failed')
    const changed = change(request)
    if (changed !== null) return changed
    if (pathname.endsWith('/versions')) return json({ versions: ['v1.11', 'v1.15'] })
    if (pathname.endsWith('/federation/v1/version'))
      return json({ server: { name: 'Synapse', version: '1.163.0' } })
    if (pathname.includes('/directory/room/'))
      return json({
        room_id: '!room',
        servers: hostname === 'home.example' ? ['home.example'] : ['home.example', 'x.y'],
      })
    if (pathname.includes('/room_summary/'))
      return json({
        room_id: '!room',
        name: 'Roses',
        join_rule: 'restricted',
        room_version: '12',
        encryption: 'm.megolm.v1.aes-sha2',
        allowed_room_ids: ['!space'],
      })
    return json({ errcode: 'M_UNRECOGNIZED' }, 404)
  })
}

function inquiry({ fetch }: ReturnType<typeof scripted>, some: Partial<Inquiry> = {}): Inquiry {
  return {
    fetch,
    homeservers: new HomeserverDirectory(fetch),
    from: ['home.example', 'far.example', 'nowhere.example'],
    session: null,
    asksSignUp: false,
    space: null,
    rooms: [room('#roses:home.example')],
    signal: new AbortController().signal,
    ...some,
  }
}

function room(address: string, via: string[] = []): AskedRoom {
  return { address, via, path: ['rooms', 0], label: null, isSuggested: false }
}

describe('gathering facts', () => {
  test('from every homeserver, in their order, and all that a summary tells', async () => {
    const facts = await gatherFacts(inquiry(world()))
    expect(facts.servers).toEqual([
      {
        name: 'home.example',
        isReachable: true,
        software: { name: 'Synapse', version: '1.163.0' },
        roomVersions: null,
        signUp: null,
      },
      {
        name: 'far.example',
        isReachable: true,
        software: { name: 'Synapse', version: '1.163.0' },
        roomVersions: null,
        signUp: null,
      },
      { name: 'nowhere.example', isReachable: false, software: null, roomVersions: null, signUp: null },
    ])
    expect(facts.rooms[0]).toMatchObject({
      home: { server: 'home.example', sight: 'seen', isHere: true },
      views: [
        { server: 'home.example', sight: 'seen', isHere: true },
        { server: 'far.example', sight: 'seen', isHere: false },
        { server: 'nowhere.example', sight: 'unreachable', isHere: null },
      ],
      details: {
        roomId: '!room',
        version: '12',
        isEncrypted: true,
        allowedRoomIds: ['!space'],
        joinRule: 'restricted',
      },
      movedTo: null,
    })
  })

  test('a room’s own server is asked though nobody named it, and once only', async () => {
    const scene = world()
    const facts = await gatherFacts(inquiry(scene, { from: ['far.example'] }))
    expect(facts.rooms[0]?.home).toMatchObject({ server: 'home.example', sight: 'seen' })
    expect(facts.rooms[0]?.views.map((view) => view.server)).toEqual(['far.example'])
    const toHome = scene.asked.filter(
      ({ url }) => url.hostname === 'home.example' && url.pathname.includes('/directory/'),
    )
    expect(toHome).toHaveLength(1)
  })

  test('a server that is away is looked for twice in all, however many rooms it has', async () => {
    const scene = world()
    const rooms = Array.from({ length: 12 }, (_, index) => room(`#r${index}:gone.example`))
    const facts = await gatherFacts(inquiry(scene, { rooms, from: [] }))
    expect(facts.rooms.every(({ home }) => home?.sight === 'unreachable')).toBe(true)
    const wellKnown = scene.asked.filter(
      ({ url }) => url.hostname === 'gone.example' && url.pathname.includes('/.well-known/'),
    )
    expect(wellKnown.length).toBeLessThanOrEqual(2)
  })

  test('missing, hidden, and an ID, which the directory can’t tell about', async () => {
    const missing = world(({ url }) =>
      url.pathname.includes('/directory/') ? json({ errcode: 'M_NOT_FOUND' }, 404) : null,
    )
    const from = ['far.example']
    expect((await gatherFacts(inquiry(missing, { from }))).rooms[0]?.home?.sight).toBe('missing')
    const hidden = world(({ url }) =>
      url.pathname.includes('/room_summary/') ? json({ errcode: 'M_NOT_FOUND' }, 404) : null,
    )
    expect((await gatherFacts(inquiry(hidden, { from }))).rooms[0]?.views[0]).toEqual({
      server: 'far.example',
      sight: 'private',
      isHere: false,
    })
    const byId = await gatherFacts(inquiry(world(), { rooms: [room('!v12', ['home.example'])] }))
    expect(byId.rooms[0]?.views.map(({ sight, isHere }) => [sight, isHere])).toEqual([
      ['seen', true],
      ['seen', null],
      ['unreachable', null],
    ])
  })

  test('progress is told, and stopping stops', async () => {
    const told: string[] = []
    const rooms = ['#a', '#b', '#c'].map((name) => room(`${name}:home.example`))
    await gatherFacts(inquiry(world(), { rooms, onProgress: (done, of) => told.push(`${done}/${of}`) }))
    expect(told).toEqual(['1/3', '2/3', '3/3'])
    const abort = new AbortController()
    const stopping = world(() => {
      abort.abort()
      return null
    })
    await expect(gatherFacts(inquiry(stopping, { rooms, signal: abort.signal }))).rejects.toThrow(/abort/i)
  })
})
