import * as oauth from 'openid-client'
import type { SessionKeeper } from '../../client.ts'
import type { Fetch } from '../../http/fetch.ts'
import { clientFor } from './app.ts'
import { askAccountServer } from './metadata.ts'
import { isRefusal } from './oauth-problem.ts'
import { grantOf, isDead, type OauthSession } from './session.ts'

/** What keeping tokens fresh needs of the world around it. */
export interface TokenPorts {
  readonly fetch: Fetch
  /** Milliseconds that never jump. */
  readonly monotonic: () => number
  /** Called with each new pair before it is used; must be done on return. Losing it would end the session. */
  readonly save: (session: OauthSession) => void
}

/** Refreshed this long before the end, or when a fifth of the token's life is left, whichever is later. */
const AHEAD_MS = 60_000
const AHEAD_SHARE = 0.2

/** The answer may have been lost on the way; whoever needs the token asks again later if it goes on like that. */
const REFRESH_TRIES = 2

/**
 * Keeps an OAuth 2.0 session usable for as long as it takes: requests that go through its `fetch` carry a token that is
 * good, however long joining runs. There is never more than one refresh at a time, since refresh tokens rotate; when its
 * answer is lost the old refresh token is used once more, which servers allow for this very case.
 */
export class TokenKeeper implements SessionKeeper {
  #session: OauthSession
  #refreshing: Promise<void> | null = null
  /** The server has ended the session: asking again would change nothing. */
  #isOver = false
  #client: oauth.Configuration | null = null
  readonly #ports: TokenPorts

  constructor(session: OauthSession, ports: TokenPorts) {
    this.#session = session
    this.#ports = ports
  }

  /** The session with its present tokens. */
  get session(): OauthSession {
    return this.#session
  }

  /**
   * Sends a request of this session: whatever token it carries is replaced by the present one. Rejects like `fetch`
   * where nobody answered, also when it was the refresh that got no answer; the homeserver has seen nothing then.
   */
  readonly fetch: Fetch = async (input, init) => {
    if (this.#isDue()) await this.#refresh()
    const token = this.#session.accessToken
    const response = await this.#send(input, init, token)
    if (response.status !== 401 || !(await isUnknownToken(response))) return response
    // Somebody else's request may have brought a new one meanwhile.
    if (token === this.#session.accessToken) await this.#refresh()
    return token === this.#session.accessToken ? response : this.#send(input, init, this.#session.accessToken)
  }

  /**
   * Ends the session. True when both tokens are dead: the server has taken both back and the homeserver no longer knows
   * the access token. False when that could not be made sure of, so the caller must try again later.
   */
  async revoke(): Promise<boolean> {
    await this.#refreshing?.catch(() => undefined)
    const { accessToken, baseUrl, grant } = this.#session
    try {
      const client = await this.#open()
      if (client === null) return false
      if (grant.refreshToken !== null) await takeBack(client, grant.refreshToken, 'refresh_token')
      await takeBack(client, accessToken, 'access_token')
      this.#isOver = true
      return await isDead(this.#ports.fetch, baseUrl, accessToken)
    } catch {
      return false
    }
  }

  #isDue(): boolean {
    const { life, refreshToken } = this.#session.grant
    if (life === null || refreshToken === null || this.#isOver) return false
    const ahead = Math.min(AHEAD_MS, (life.until - life.from) * AHEAD_SHARE)
    return this.#ports.monotonic() >= life.until - ahead
  }

  #refresh(): Promise<void> {
    this.#refreshing ??= this.#renew().finally(() => {
      this.#refreshing = null
    })
    return this.#refreshing
  }

  async #renew(): Promise<void> {
    const { clientId, refreshToken } = this.#session.grant
    if (refreshToken === null || this.#isOver) return
    const client = await this.#open()
    if (client === null) throw new TypeError('The account server did not answer')
    for (let triesLeft = REFRESH_TRIES; ; triesLeft--) {
      const from = this.#ports.monotonic()
      try {
        const tokens = await oauth.refreshTokenGrant(client, refreshToken)
        const grant = grantOf(clientId, tokens, refreshToken, from)
        this.#session = { ...this.#session, accessToken: tokens.access_token, grant }
        return this.#ports.save(this.#session)
      } catch (error) {
        // Refused: the request goes out with the old token, and the homeserver's answer says what is the matter.
        if (isRefusal(error)) {
          this.#isOver = true
          return
        }
        if (triesLeft <= 1) throw new TypeError('The account server did not answer', { cause: error })
      }
    }
  }

  async #open(): Promise<oauth.Configuration | null> {
    if (this.#client === null) {
      const server = await askAccountServer(this.#ports.fetch, this.#session.baseUrl)
      if (server === null || server === 'unreachable') return null
      this.#client = clientFor(this.#ports.fetch, server, this.#session.grant.clientId)
    }
    return this.#client
  }

  #send(input: Parameters<Fetch>[0], init: Parameters<Fetch>[1], token: string): Promise<Response> {
    const headers = new Headers(init?.headers)
    headers.set('authorization', `Bearer ${token}`)
    return this.#ports.fetch(input, { ...init, headers })
  }
}

// A server that refuses doesn't know us or the token any more; the homeserver's word decides then.
async function takeBack(client: oauth.Configuration, token: string, hint: string): Promise<void> {
  try {
    await oauth.tokenRevocation(client, token, { token_type_hint: hint })
  } catch (error) {
    if (!isRefusal(error)) throw error
  }
}

async function isUnknownToken(response: Response): Promise<boolean> {
  const body: unknown = await response
    .clone()
    .json()
    .catch(() => null)
  return typeof body === 'object' && body !== null && 'errcode' in body && body.errcode === 'M_UNKNOWN_TOKEN'
}
