import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createTlsServer, request as tlsRequest } from 'node:https'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import { text } from 'node:stream/consumers'
import { z } from 'zod'
import { portOf } from '../free-ports.ts'
import { serverDirectory } from '../homeserver-config.ts'
import type { ServerName } from '../servers.ts'
import type { PracticeWorld } from '../world.ts'
import type { BigSpace, HierarchyRoom } from './big-space.ts'

const joinedSchema = z.looseObject({ joined_rooms: z.array(z.string()).optional() })

/** Synapse's page size, whatever a client asks for. */
const PAGE = 50

/** One homeserver of a practice world with a space in front of it that is too large to be real. */
export interface StandIn {
  /** What the app gets as `--practice=`. */
  readonly descriptionPath: string
  /** IDs of the space's rooms that were joined, in order. */
  readonly joined: readonly string[]
  /** How many times each kind of request came, and how many were refused for coming too fast. */
  readonly counts: Readonly<Record<'page' | 'summary' | 'join' | 'refused', number>>
  readonly close: () => Promise<void>
}

/**
 * Puts a space in front of `server`: it answers for the space and its rooms (hierarchy in pages, summaries, joins)
 * and hands every other request on to the real homeserver. The fifth request for a page or a summary is refused for a
 * second, as Synapse does. The rest of the world is reached through it unchanged.
 */
export async function startStandIn(
  world: PracticeWorld,
  server: ServerName,
  space: BigSpace,
): Promise<StandIn> {
  const real = world.servers.find((each) => each.name === server)
  if (real === undefined) throw new Error(`${server} is not of the practice world`)
  const counts = { page: 0, summary: 0, join: 0, refused: 0 }
  const joined = new Set<string>()
  const roomIds = new Set([...space.roomIds, ...space.shown.map((room) => room.room_id)])
  const known = new Map([...space.shown, ...space.leftOut].map((room) => [room.room_id, room]))
  const folder = serverDirectory(world.directory, server)
  const ca = world.caPem

  const front = createTlsServer(
    { key: readFileSync(join(folder, 'tls.key')), cert: readFileSync(join(folder, 'tls.crt')) },
    (request, response) => {
      const path = (request.url ?? '').split('?')[0] ?? ''
      const parts = path.split('/').map((part) => decodeURIComponent(part))
      const own = answerOf(request, parts)
      if (own !== null) answer(response, own)
      else handOn(request, response).catch(() => response.destroy())
    },
  )

  function answerOf(request: IncomingMessage, parts: readonly string[]): Answer | null {
    const [, , , , area, roomId = '', what = ''] = parts
    const address = parts.at(-1) ?? ''
    if (parts.includes('room_summary') && (address === space.alias || roomIds.has(address))) {
      const room = known.get(address === space.alias ? space.roomId : address)
      return room === undefined ? unknown : limited('summary', () => summaryOf(room))
    }
    if (parts.includes('directory') && address === space.alias)
      return { status: 200, body: { room_id: space.roomId, servers: [server] } }
    if (parts.includes('hierarchy') && roomId === space.roomId) return limited('page', () => pageOf(request))
    if (area === 'join' && roomIds.has(roomId)) {
      counts.join += 1
      joined.add(roomId)
      return { status: 200, body: { room_id: roomId } }
    }
    if (area === 'rooms' && roomIds.has(roomId) && what !== 'hierarchy') return unknown
    return null
  }

  function limited(kind: 'page' | 'summary', body: () => object): Answer {
    counts[kind] += 1
    if (counts[kind] !== 5) return { status: 200, body: body() }
    counts.refused += 1
    return {
      status: 429,
      headers: { 'retry-after': '1' },
      body: { errcode: 'M_LIMIT_EXCEEDED', error: 'Too Many Requests', retry_after_ms: 1_000 },
    }
  }

  function pageOf(request: IncomingMessage): object {
    const start = Number(new URL(request.url ?? '', 'https://x').searchParams.get('from') ?? 0)
    const rooms = space.shown.slice(start, start + PAGE)
    const isLast = start + PAGE >= space.shown.length
    return { rooms, ...(isLast ? {} : { next_batch: String(start + PAGE) }) }
  }

  async function handOn(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request)
    const onward = tlsRequest({
      host: '127.0.0.1',
      port: real?.port,
      servername: server,
      ca,
      method: request.method,
      path: request.url,
      headers: request.headers,
    })
    onward.on('error', () => response.destroy())
    const answered = once(onward, 'response')
    onward.end(body)
    const [told] = (await answered) as [IncomingMessage]
    const status = told.statusCode ?? 502
    if (!request.url?.includes('/joined_rooms')) {
      response.writeHead(status, told.headers)
      told.pipe(response)
      return
    }
    // What the real homeserver knows of, and what was joined here.
    const { joined_rooms: others = [], ...rest } = joinedSchema.parse(JSON.parse(await text(told)))
    answer(response, { status, body: { ...rest, joined_rooms: [...others, ...joined] } })
  }

  await listening(front)
  const proxy = createServer((_request, response) => response.writeHead(405).end())
  const ends = new Set<Duplex>()
  proxy.on('connect', (request, client: Duplex) => {
    ends.add(client)
    client.on('error', () => client.destroy()).on('close', () => ends.delete(client))
    const joinUp = (upstream: Duplex): void => {
      upstream.on('error', () => client.destroy())
      client.on('close', () => upstream.destroy())
      client.write('HTTP/1.1 200 Connection established\r\n\r\n')
      upstream.pipe(client).pipe(upstream)
    }
    if (request.url === `${server}:443`) {
      const upstream = connect(portOf(front), '127.0.0.1', () => joinUp(upstream))
      return
    }
    const { port } = new URL(world.proxyUrl)
    const onward = httpRequest({ host: '127.0.0.1', port, method: 'CONNECT', path: request.url })
    onward.on('error', () => client.destroy())
    onward.on('connect', (told, upstream) => {
      if (told.statusCode === 200) joinUp(upstream)
      else client.end(`HTTP/1.1 ${told.statusCode} ${told.statusMessage}\r\nContent-Length: 0\r\n\r\n`)
    })
    onward.end()
  })
  const sockets = new Set<Socket>()
  for (const each of [front, proxy])
    each.on('connection', (socket: Socket) => {
      sockets.add(socket)
      socket.on('close', () => sockets.delete(socket))
    })
  await listening(proxy)
  const descriptionPath = join(world.directory, `stand-in-${portOf(proxy)}.json`)
  await writeFile(
    descriptionPath,
    JSON.stringify({
      proxy: `http://127.0.0.1:${portOf(proxy)}`,
      ca: world.caPath,
      servers: world.servers,
    }),
  )
  return {
    descriptionPath,
    get joined() {
      return [...joined]
    },
    counts,
    async close() {
      const closed = [front, proxy].map((each) => new Promise<void>((resolve) => each.close(() => resolve())))
      for (const socket of [...sockets, ...ends]) socket.destroy()
      await Promise.all(closed)
    },
  }
}

interface Answer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body: object
}

const unknown: Answer = { status: 404, body: { errcode: 'M_NOT_FOUND', error: 'Not found' } }

function answer(response: ServerResponse, { status, headers, body }: Answer): void {
  const json = JSON.stringify(body)
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(json)
}

function summaryOf(room: HierarchyRoom): object {
  return { ...room, children_state: undefined }
}

function listening(
  server: ReturnType<typeof createServer> | ReturnType<typeof createTlsServer>,
): Promise<void> {
  return new Promise((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve))
}
