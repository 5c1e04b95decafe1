import { ProxyAgent, fetch } from 'undici'
import { z } from 'zod'

const answerSchema = z.record(z.string(), z.unknown())

/** A refusal by a homeserver of the world. */
export class WorldError extends Error {
  readonly status: number
  readonly body: Record<string, unknown>
  constructor(message: string, status: number, body: Record<string, unknown>) {
    super(message)
    this.status = status
    this.body = body
  }
}

/** What to ask: the method follows from the body unless it is given. */
export type WorldRequest = {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly token?: string
  readonly body?: object
  /** A picture, sent instead of a body. */
  readonly png?: Uint8Array
  readonly timeout?: number
}

/** Speaks HTTPS to the world's servers, through its proxy and trusting its authority alone. */
export type WorldClient = {
  /** Returns the JSON answer. Throws a `WorldError` for any other status than 2xx. */
  readonly request: (server: string, path: string, request?: WorldRequest) => Promise<Record<string, unknown>>
  readonly close: () => Promise<void>
}

/** Makes a client for the world behind a proxy. `caPem` is the world's authority. */
export function createWorldClient(proxyUrl: string, caPem: string): WorldClient {
  const dispatcher = new ProxyAgent({ uri: proxyUrl, requestTls: { ca: caPem } })
  return {
    async request(server, path, { method, token, body, png, timeout = 60_000 } = {}) {
      const response = await fetch(`https://${server}${path}`, {
        dispatcher,
        method: method ?? (body || png ? 'POST' : 'GET'),
        signal: AbortSignal.timeout(timeout),
        headers: {
          ...(token && { authorization: `Bearer ${token}` }),
          ...(body && { 'content-type': 'application/json' }),
          ...(png && { 'content-type': 'image/png' }),
        },
        ...(body && { body: JSON.stringify(body) }),
        ...(png && { body: png }),
      })
      const text = await response.text()
      const answer = parseObject(text)
      if (response.ok) return answer
      throw new WorldError(
        `${server}${path}: ${response.status} ${text.slice(0, 300)}`,
        response.status,
        answer,
      )
    },
    close: () => dispatcher.destroy(),
  }
}

function parseObject(text: string): Record<string, unknown> {
  try {
    return answerSchema.parse(JSON.parse(text))
  } catch {
    return {}
  }
}
