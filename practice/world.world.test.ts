import { X509Certificate } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import * as admin from './admin.ts'
import { join as joinRoom, signUp } from './fixtures/newcomer.ts'
import { pageAddresses, pageAliases } from './fixtures/page-addresses.ts'
import { testPython } from './fixtures/python.ts'
import * as moderation from './moderation.ts'
import { serverOf, type ServerName } from './servers.ts'
import { connectToWorld, startWorld, type PracticeWorld } from './world.ts'

const hierarchySchema = z.array(z.object({ children_state: z.array(z.object({ state_key: z.string() })) }))

/** The first start on a computer builds the template. */
const FIRST_START = 300_000

let world: PracticeWorld
beforeAll(async () => {
  world = await startWorld({ python: testPython(), limits: 'raised' })
}, FIRST_START)
afterAll(() => world?.stop())

/** As a steward sees it: without a token a server keeps rooms to itself that are not for everybody. */
function summaryOf(address: string, server: ServerName) {
  const path = `/_matrix/client/v1/room_summary/${encodeURIComponent(address)}`
  return world.client.request(server, path, { token: world.tokens[server].steward })
}

test('every alias of the pages exists, with a name, a topic and a few people', async () => {
  for (const alias of pageAliases) {
    const summary = await summaryOf(alias, serverOf(alias))
    expect(summary, alias).toMatchObject({
      name: expect.stringMatching(/./),
      topic: expect.stringMatching(/./),
    })
    expect(summary['num_joined_members'], alias).toBeGreaterThan(1)
  }
}, 60_000)

test('Mathesar’s space has the room ID of its page and thirteen rooms', async () => {
  const newcomer = await signUp(world.client, 'matrix.org')
  const { space } = pageAddresses.mathesar
  expect(await joinRoom(world.client, newcomer, space, ['matrix.mathesar.org'])).toBe(space)
  expect(await summaryOf(space, 'matrix.mathesar.org')).toMatchObject({ room_type: 'm.space' })
  expect(await children('matrix.org', newcomer.token, space)).toHaveLength(13)
})

test('Galaxy’s space has 71 rooms', async () => {
  const newcomer = await signUp(world.client, 'matrix.org')
  const spaceId = await joinRoom(world.client, newcomer, pageAddresses.galaxy.space)
  expect(await children('matrix.org', newcomer.token, spaceId)).toHaveLength(71)
})

test('a newcomer on matrix.org joins rooms of other servers over federation', async () => {
  const newcomer = await signUp(world.client, 'matrix.org')
  const joined = [
    await joinRoom(world.client, newcomer, '#general:auxolotl.org'),
    await joinRoom(world.client, newcomer, '#galaxyproject_Lobby:gitter.im'),
  ]
  expect((await admin.joinedRooms(world, newcomer.userId)).toSorted()).toEqual(joined.toSorted())
  // The room's own server hears of it a moment later.
  await expect
    .poll(
      async () =>
        (await moderation.membershipOf(world, '#general:auxolotl.org', newcomer.userId))?.membership,
      { timeout: 10_000 },
    )
    .toBe('join')
})

test('every room of the four pages can be joined, and matrix.org is in 31 of Auxolotl’s 33 already', async () => {
  const newcomer = await signUp(world.client, 'matrix.org')
  const { galaxy, mathesar, derse, auxolotl } = pageAddresses
  await joinRoom(world.client, newcomer, derse.space)
  const rooms = [galaxy, mathesar, derse, auxolotl].flatMap((page) => [...page.rooms])
  const there: string[] = []
  for (const alias of auxolotl.rooms) {
    const path = `/_matrix/client/v3/directory/room/${encodeURIComponent(alias)}`
    const { servers } = await world.client.request('matrix.org', path)
    if (z.array(z.string()).parse(servers)[0] === 'matrix.org') there.push(alias)
  }
  expect(there).toHaveLength(31)
  for (const alias of rooms) await joinRoom(world.client, newcomer, alias)
  expect(await admin.joinedRooms(world, newcomer.userId)).toHaveLength(rooms.length + 1)
}, 120_000)

test('servers take sign-ups as in life', async () => {
  await expect(signUp(world.client, 'matrix.org', { password: 'short' })).rejects.toThrow(
    'M_PASSWORD_TOO_SHORT',
  )
  await expect(signUp(world.client, 'matrix.org', { username: 'ada' })).rejects.toThrow('M_USER_IN_USE')
  await expect(signUp(world.client, 'gitter.im')).rejects.toThrow('M_FORBIDDEN')
  await expect(signUp(world.client, 'tu-dresden.de')).rejects.toThrow('M_FORBIDDEN')
  await expect(signUp(world.client, 'auxolotl.org', { token: 'wrong' })).rejects.toThrow('M_UNAUTHORIZED')
  const { userId } = await signUp(world.client, 'auxolotl.org', { token: world.registrationToken })
  expect(await admin.accountExists(world, userId)).toBe(true)
  for (const { username, password, server } of world.accounts) {
    const body = { type: 'm.login.password', identifier: { type: 'm.id.user', user: username }, password }
    const answer = await world.client.request(server, '/_matrix/client/v3/login', { body })
    expect(answer['user_id']).toBe(`@${username}:${server}`)
  }
})

test('a name outside the world is refused with 502, also for its servers', async () => {
  await expect(world.client.request('example.org', '/')).rejects.toThrow()
  const response = await connectRaw('example.org:443')
  expect(response).toBe(502)
  expect(await connectRaw('matrix.org:22')).toBe(502)
  const lost = summaryOf('#lost:offline.example', 'matrix.org')
  await expect(lost).rejects.toMatchObject({ status: 502 })
})

test('certificates are signed by the world’s own authority', () => {
  const authority = new X509Certificate(world.caPem)
  expect(authority.ca).toBe(true)
  expect(authority.subject).toContain('Foyer practice world')
  const leaf = new X509Certificate(readFileSync(join(world.directory, 'matrix.org', 'tls.crt')))
  expect(leaf.verify(authority.publicKey)).toBe(true)
  expect(leaf.checkHost('matrix.org')).toBe('matrix.org')
  expect(existsSync(join(world.directory, 'ca.key'))).toBe(false)
})

test('another process can look into the world by its description', async () => {
  const access = await connectToWorld(world.descriptionPath)
  expect(await admin.resolveAlias(access, '#general:auxolotl.org')).toMatch(/^!/)
  expect(await admin.resolveAlias(access, '#nobody-home:tu-dresden.de')).toBeUndefined()
  await access.client.close()
})

async function children(server: string, token: string, spaceId: string): Promise<string[]> {
  const path = `/_matrix/client/v1/rooms/${encodeURIComponent(spaceId)}/hierarchy?limit=50`
  const { rooms } = await world.client.request(server, path, { token })
  const [space] = hierarchySchema.parse(rooms)
  return space?.children_state.map((child) => child.state_key) ?? []
}

/** The status that the proxy answers a CONNECT with. */
function connectRaw(authority: string): Promise<number | undefined> {
  const { port } = new URL(world.proxyUrl)
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, method: 'CONNECT', path: authority })
      .on('connect', (response, socket) => {
        socket.destroy()
        resolve(response.statusCode)
      })
      .on('error', reject)
      .end()
  })
}
