import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { Agent, createServer as createTlsServer, request as httpsRequest } from 'node:https'
import type { Socket } from 'node:net'
import { join } from 'node:path'
import { createSecureContext, type SecureContext } from 'node:tls'
import { portOf } from '../../../practice/free-ports.ts'
import type { PracticeWorld } from '../../../practice/world.ts'
import { keepsAnswer, reachesServer, type Fault } from './fault.ts'
import { answerAmiss, bodyOf, sendWhole, withForeignHeader, type ServerAnswer } from './misbehave.ts'
import type { RequestRecord } from './record.ts'
import { stepOf } from './step.ts'

/** Says what goes wrong with a request, as it arrives; null for nothing. */
export type FaultPlan = (request: RequestRecord) => Fault | null

/** A proxy between one client and the practice world. */
export interface FaultProxy {
  readonly url: string
  /** Every request so far, in the order of their arrival. */
  readonly records: readonly RequestRecord[]
  /** From now on; without a plan everything goes well. Broken handshakes that are still due are forgotten. */
  arm(plan: FaultPlan | null): void
  /** Forgets all records. */
  forget(): void
  close(): Promise<void>
}

/** What a homeserver is asked. */
export interface Question {
  readonly host: string
  readonly method: string
  readonly url: URL
  readonly body: Buffer
}

/**
 * Answers in a homeserver's place, or changes what it says; `ask` puts the question to it, under another path if need
 * be. Null drops the connection.
 */
export type Instead = (
  question: Question,
  ask: (path?: string) => Promise<ServerAnswer | null>,
) => Promise<ServerAnswer | null>

type Context = Pick<PracticeWorld, 'directory' | 'servers' | 'caPem'>

/** Marks a request that a redirect loop has sent on. */
const LOOP = 'going-round'

/**
 * Starts a proxy that has the homeservers' certificates, and so can look into requests and bend what becomes of them.
 * Homeservers go on talking to each other through the world's own proxy.
 */
export async function startFaultProxy(
  world: Context,
  instead: Instead = (_question, ask) => ask(),
): Promise<FaultProxy> {
  const contexts = new Map<string, SecureContext>(
    world.servers.map(({ name }) => [name, contextOf(world, name)]),
  )
  const agent = new Agent({ keepAlive: true, ca: world.caPem })
  const records: RequestRecord[] = []
  const broken = new Map<string, ('wrongName' | 'noTls')[]>()
  let plan: FaultPlan | null = null
  let moment = 0

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const host = (request.headers.host ?? '').replace(/:\d+$/, '')
    const url = new URL(request.url ?? '/', `https://${host}`)
    const method = request.method ?? 'GET'
    const base = {
      host,
      method,
      path: url.pathname,
      step: stepOf(method, url.pathname),
      arrived: moment++,
      token: request.headers.authorization?.replace(/^Bearer /i, '') ?? null,
      answer: null,
      delivered: null,
    }
    const isGoingRound = url.searchParams.has(LOOP)
    const fault: Fault | null = isGoingRound
      ? { kind: 'redirect', status: url.searchParams.get(LOOP) === '302' ? 302 : 307, to: 'itself' }
      : (plan?.({ ...base, fault: null }) ?? null)
    const record: RequestRecord = { ...base, fault }
    // A loop is one request that doesn't end.
    if (!isGoingRound) records.push(record)
    const body = await bodyOf(request)
    const ask = (path = request.url) => forward(request, host, body, path)
    const answer = reachesServer(fault) ? await instead({ host, method, url, body }, ask) : null
    if (answer !== null) record.answer = { status: answer.status, body: parsed(answer.body) }
    if (keepsAnswer(fault)) {
      if (answer === null) return void request.socket.destroy()
      if (fault?.kind === 'delay') await new Promise((resolve) => setTimeout(resolve, fault.ms))
      await sendWhole(response, fault?.kind === 'header' ? withForeignHeader(answer) : answer)
      record.delivered = moment++
      return
    }
    if (fault.kind === 'tls')
      broken.set(
        host,
        Array.from({ length: fault.connections }, () => fault.how),
      )
    if (fault.kind === 'redirect') url.searchParams.set(LOOP, String(fault.status))
    const toFile = fault.kind === 'redirect' && fault.to === 'file'
    const target = toFile ? 'file:///etc/hostname' : url.pathname + url.search
    await answerAmiss(fault, { request, response, answer, target })
  }

  const forward = (
    request: IncomingMessage,
    host: string,
    body: Buffer,
    path: string | undefined,
  ): Promise<ServerAnswer | null> => {
    const server = world.servers.find(({ name }) => name === host)
    const { port } = server ?? {}
    if (port === undefined) return Promise.resolve(null)
    return new Promise((resolve) => {
      const { method, headers } = request
      const options = { host: '127.0.0.1', port, servername: host, method, path, headers, agent }
      const onward = httpsRequest(options, (incoming) => {
        bodyOf(incoming).then(
          (whole) => resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: whole }),
          () => resolve(null),
        )
      })
      onward.once('error', () => resolve(null))
      onward.end(body)
    })
  }

  const tlsServer = createTlsServer(
    { SNICallback: (name, done) => done(null, contexts.get(name)) },
    (request, response) => {
      // A client that is killed, or gives up, is what this is about.
      handle(request, response).catch(() => request.socket.destroy())
    },
  )
  tlsServer.on('tlsClientError', (_error, socket) => socket.destroy())
  const wrongServer = createTlsServer({
    SNICallback: (name, done) => done(null, wrongContext(contexts, name)),
  })
  wrongServer.on('tlsClientError', (_error, socket) => socket.destroy())

  const server = createServer((_request, response) => response.writeHead(405).end())
  const sockets = new Set<Socket>()
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    socket.once('close', () => sockets.delete(socket))
  })
  server.on('connect', (request, socket, head: Buffer) => {
    const [host = '', port] = (request.url ?? '').split(':')
    if (!contexts.has(host) || port !== '443') {
      socket.end('HTTP/1.1 502 No such server in the practice world\r\nContent-Length: 0\r\n\r\n')
      return
    }
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
    if (head.length > 0) socket.unshift(head)
    const how = broken.get(host)?.shift()
    if (how === 'noTls') socket.end('220 mail.example ESMTP\r\n')
    else (how === 'wrongName' ? wrongServer : tlsServer).emit('connection', socket)
  })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve))

  return {
    url: `http://127.0.0.1:${portOf(server)}`,
    records,
    arm(next) {
      plan = next
      broken.clear()
    },
    forget: () => void records.splice(0),
    close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      for (const socket of sockets) socket.destroy()
      agent.destroy()
      return closed
    },
  }
}

function contextOf({ directory }: Context, name: string): SecureContext {
  const read = (file: string): string => readFileSync(join(directory, name, file), 'utf8')
  return createSecureContext({ cert: read('tls.crt'), key: read('tls.key') })
}

function wrongContext(contexts: ReadonlyMap<string, SecureContext>, name: string): SecureContext | undefined {
  return [...contexts].find(([other]) => other !== name)?.[1]
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString())
  } catch {
    return null
  }
}
