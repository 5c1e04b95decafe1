import type { Fetch } from '../http/fetch.ts'

/** A request as a script sees it. */
export interface ScriptedRequest {
  readonly method: string
  readonly url: URL
  readonly body: Record<string, unknown>
  readonly signal: AbortSignal | null
}

/** An answer with a JSON body. */
export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json', ...headers },
  })
}

/** A fetch that answers from a script and remembers what it was asked. */
export function scripted(answer: (request: ScriptedRequest, nth: number) => Response | Promise<Response>): {
  fetch: Fetch
  asked: ScriptedRequest[]
} {
  const asked: ScriptedRequest[] = []
  const fetch: Fetch = async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input)
    const body = typeof init?.body === 'string' ? (JSON.parse(init.body) as Record<string, unknown>) : {}
    const request = { method: init?.method ?? 'GET', url, body, signal: init?.signal ?? null }
    asked.push(request)
    return answer(request, asked.length - 1)
  }
  return { fetch, asked }
}
