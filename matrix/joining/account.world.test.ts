import { beforeEach, describe, expect, test } from 'vitest'
import { planLeaving } from '../../core/joining/leaving.ts'
import { entry } from '../../core/testing/queue.ts'
import type { JoinQueue } from '../../core/joining/queue.ts'
import { joinedRooms, resolveAlias } from '../../practice/admin.ts'
import { join, signUp, type Newcomer } from '../../practice/fixtures/newcomer.ts'
import { testWorld } from '../../practice/fixtures/test-world.ts'
import * as moderation from '../../practice/moderation.ts'
import { sessionClient } from '../client.ts'
import { invitationRequest, leaveRequests, quietRequests } from './account-requests.ts'
import { watchInvitations } from './invitation-watch.ts'
import { LeaveDriver } from './leave-driver.ts'
import { QuietDriver } from './quiet-driver.ts'

const LOBBY = '#general:auxolotl.org'
const ROOMS = ['#odd-plain:tu-dresden.de', '#odd-quiet:tu-dresden.de']
const KNOCK = '#odd-knock:tu-dresden.de'

const { world, fetch } = await testWorld()
let newcomer: Newcomer
let client: ReturnType<typeof sessionClient>
beforeEach(async () => {
  newcomer = await signUp(world.client, 'matrix.org')
  const { userId, token } = newcomer
  client = sessionClient({ baseUrl: 'https://matrix.org', userId, deviceId: 'D', accessToken: token }, fetch)
})

const clock = {
  now: () => performance.now(),
  sleep: (ms: number, signal: AbortSignal) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms)
      signal.addEventListener('abort', () => {
        clearTimeout(timer)
        resolve()
      })
    }),
}

describe('a quiet start on a real homeserver', () => {
  test('rules come before joining, tag and order with it; what was there stays; one word takes all back', async () => {
    const [lobby = '', one = '', other = ''] = await idsOf([LOBBY, ...ROOMS])
    const space = String(await resolveAlias(world, '#odd:tu-dresden.de'))
    const requests = quietRequests(client)
    // The newcomer had set this one to ring for everything.
    const loud = ['notify', { set_tweak: 'sound', value: 'default' }]
    await ask('PUT', `/pushrules/global/room/${encodeURIComponent(other)}`, { actions: loud })
    const queue = (isJoined: boolean): JoinQueue => ({
      entries: [
        entry('#space', {
          roomId: space,
          status: isJoined ? 'joined' : 'joining',
          tries: 1,
          notBefore: -1_000,
        }),
        entry(LOBBY, { roomId: lobby, isLobby: true, status: isJoined ? 'joined' : 'queued' }),
        entry('one', { roomId: one }),
        entry('other', { roomId: other }),
      ],
    })
    const entered = { before: [], replaced: [] }
    const driver = new QuietDriver(
      { isWanted: true, marks: [] },
      { queue: queue(false), entered },
      { ...clock, requests, save: () => undefined, onChange: () => undefined },
    )
    driver.follow({ queue: queue(false), entered }, true)
    await driver.settled()
    expect(await requests.rules()).toEqual(
      new Map([
        [one, 'mentions'],
        [other, 'other'],
      ]),
    )
    await join(world.client, newcomer, '#odd:tu-dresden.de')
    await join(world.client, newcomer, LOBBY)
    driver.follow({ queue: queue(true), entered }, true)
    await driver.settled()
    expect(driver.hasFailed).toBe(false)
    expect(await client.getRoomTags(lobby)).toEqual({ tags: { 'm.favourite': { order: 0.5 } } })
    expect(await orderOf(space)).toEqual({ order: 'z' })

    driver.turn(false)
    await driver.settled()
    expect(driver.quiet).toEqual({ isWanted: false, marks: [] })
    expect(await requests.rules()).toEqual(new Map([[other, 'other']]))
    expect(await client.getRoomTags(lobby)).toEqual({ tags: {} })
    expect(await orderOf(space)).toEqual({})
  })

  test('a place of the newcomer’s own is left alone, also when all is taken back', async () => {
    const [lobby = ''] = await idsOf([LOBBY])
    const space = String(await resolveAlias(world, '#odd:tu-dresden.de'))
    await join(world.client, newcomer, LOBBY)
    await client.setRoomTag(lobby, 'm.favourite', { order: 0.1 })
    await ask('PUT', orderPath(space), { order: 'a' })
    const entries = [
      entry('#space', { roomId: space, status: 'joined', tries: 1 }),
      entry(LOBBY, { roomId: lobby, isLobby: true, status: 'joined', tries: 1 }),
    ]
    const view = { queue: { entries }, entered: { before: [], replaced: [] } }
    const ports = {
      ...clock,
      requests: quietRequests(client),
      save: () => undefined,
      onChange: () => undefined,
    }
    const driver = new QuietDriver({ isWanted: true, marks: [] }, view, ports)
    driver.follow(view, true)
    await driver.settled()
    driver.turn(false)
    await driver.settled()
    expect(await client.getRoomTags(lobby)).toEqual({ tags: { 'm.favourite': { order: 0.1 } } })
    expect(await orderOf(space)).toEqual({ order: 'a' })
  })
})

describe('leaving again on a real homeserver', () => {
  test('what this pass joined and asked for, and nothing else', async () => {
    const [before = '', one = '', other = '', knock = ''] = await idsOf([LOBBY, ...ROOMS, KNOCK])
    for (const alias of [LOBBY, ...ROOMS]) await join(world.client, newcomer, alias)
    await client.knockRoom(KNOCK, { viaServers: ['tu-dresden.de'], reason: 'Hello' })
    const queue = {
      entries: [
        entry('#space', { roomId: one, status: 'joined' }),
        entry('before', { roomId: before, status: 'joined' }),
        entry('knock', { roomId: knock, status: 'asked' }),
        entry('lost', { roomId: '!nowhere:matrix.org', status: 'arriving' }),
      ],
    }
    const leaving = planLeaving(queue, { before: [before], replaced: [other] })
    const requests = leaveRequests(client)
    const asked: string[] = []
    const driver = new LeaveDriver(leaving, {
      ...clock,
      requests: {
        ...requests,
        leave: (roomId) => {
          asked.push(roomId)
          return requests.leave(roomId)
        },
      },
      save: () => undefined,
      onChange: () => undefined,
    })
    await driver.run()
    expect(driver.phase).toBe('finished')
    expect(driver.leaving.steps.map((step) => step.status)).toEqual(['left', 'left', 'left', 'left'])
    // The space keeps the others together, so it is the last.
    expect(asked.at(-1)).toBe(one)
    expect(await joinedRooms(world, newcomer.userId)).toEqual([before])
    // Synapse takes a knock at a room of another server back for itself only: it doesn't know whom to tell.
    expect(await requests.stillThere([before, knock])).toEqual(new Set([before]))
  })
})

describe('invitations on a real homeserver', () => {
  test('an accepted knock and an invitation are told, also those of before', async () => {
    const [knock = '', inviteOnly = ''] = await idsOf([KNOCK, '#odd-invite:tu-dresden.de'])
    const invited: string[] = []
    const end = new AbortController()
    await moderation.invite(world, '#odd-invite:tu-dresden.de', newcomer.userId)
    await client.knockRoom(KNOCK, { viaServers: ['tu-dresden.de'], reason: 'Hello' })
    const watching = watchInvitations(
      {
        ...clock,
        // The least time between two questions would only make this slow.
        sleep: (_, signal) => clock.sleep(100, signal),
        ask: invitationRequest(client),
        roomIds: () => [knock, inviteOnly],
        onInvited: (roomIds) => invited.push(...roomIds),
      },
      end.signal,
    )
    await expect.poll(() => invited, { timeout: 10_000 }).toEqual([inviteOnly])
    await moderation.acceptKnocks(world, KNOCK)
    await expect.poll(() => invited, { timeout: 10_000 }).toEqual([inviteOnly, knock])
    end.abort()
    await watching
  })
})

async function idsOf(aliases: readonly string[]): Promise<string[]> {
  const ids = await Promise.all(aliases.map((alias) => resolveAlias(world, alias)))
  expect(ids).toEqual(ids.filter((roomId) => roomId?.startsWith('!')))
  return ids.map(String)
}

function orderPath(roomId: string): string {
  const user = encodeURIComponent(newcomer.userId)
  return `/user/${user}/rooms/${encodeURIComponent(roomId)}/account_data/org.matrix.msc3230.space_order`
}

function orderOf(roomId: string): Promise<Record<string, unknown>> {
  return ask('GET', orderPath(roomId))
}

function ask(method: 'GET' | 'PUT', path: string, body?: object): Promise<Record<string, unknown>> {
  const request = { method, token: newcomer.token, ...(body && { body }) }
  return world.client.request('matrix.org', `/_matrix/client/v3${path}`, request)
}
