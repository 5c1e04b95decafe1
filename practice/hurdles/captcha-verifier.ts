import { once } from 'node:events'
import { createServer } from 'node:http'
import { sendJson } from '../oauth/http.ts'
import { portOf } from '../free-ports.ts'

/** Stands in for the service that judges captchas: everybody who ticks the box is human. */
export type CaptchaVerifier = {
  /** What Synapse asks (`recaptcha_siteverify_api`). */
  readonly address: string
  /** May be changed at any time: takes nobody for human. */
  readonly faults: { isDoubting: boolean }
  readonly close: () => Promise<void>
}

/** Starts the verifier on a free loopback port. */
export async function startCaptchaVerifier(): Promise<CaptchaVerifier> {
  const faults = { isDoubting: false }
  const server = createServer((request, response) => {
    request.resume()
    sendJson(response, 200, { success: !faults.isDoubting })
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    address: `http://127.0.0.1:${portOf(server)}/siteverify`,
    faults,
    close: () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      return closed
    },
  }
}
