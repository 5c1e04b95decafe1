import type { BrowserProblem, BrowserState, IdentityProvider } from '../../core/onboarding/state.ts'
import { fail, succeed, type Result } from '../../core/result.ts'
import { askProfile } from '../../matrix/account/profile.ts'
import {
  authorizationPage,
  deviceLink,
  NO_ACCOUNT_SERVER,
  openApp,
  type OauthPorts,
} from '../../matrix/account/oauth/sign-in.ts'
import type { OauthSession } from '../../matrix/account/oauth/session.ts'
import { askLoginWays, loginTokenIn, signInWithToken, ssoPage } from '../../matrix/account/sso.ts'
import type { Session } from '../../matrix/client.ts'
import { adopted, type Entrance } from './account-step.ts'
import type { Pass } from './pass.ts'
import { withKeeper } from './session-tokens.ts'

/** How long the page in the browser is waited for. */
const PAGE_LIFETIME_MS = 10 * 60_000

/** A page that ends in a session, however the homeserver keeps its accounts. */
interface SignInPage {
  readonly url: string
  /** In the address with which the browser comes back. */
  readonly state: string
  readonly offersCode: boolean
  readonly complete: (callback: URL) => Promise<Result<Session, BrowserProblem | null>>
}

/** Signing up or in on the homeserver's own page: in the browser here, or by a code in any browser. */
export class BrowserStep {
  readonly #pass: Pass
  #attempt = new AbortController()
  #page: string | null = null

  constructor(pass: Pass) {
    this.#pass = pass
  }

  /** Makes a new attempt, in place of the one under way. Null when it didn't lead to a session. */
  async start(state: BrowserState): Promise<Entrance | null> {
    this.#attempt.abort()
    this.#attempt = new AbortController()
    this.#page = null
    const signal = AbortSignal.any([this.#pass.stepSignal, this.#attempt.signal])
    const flow = state.way === 'browser' ? this.#useBrowser(state, signal) : this.#useCode(state, signal)
    return adopted(this.#pass, this.#meet(flow, state, signal))
  }

  /** Looks, before they go on, whether somebody who came by a page has a name here yet. */
  async #meet(
    flow: Promise<Session | null>,
    { knownId }: BrowserState,
    signal: AbortSignal,
  ): Promise<Entrance | null> {
    const session = await flow
    if (session === null) return null
    const isKnown = signal.aborted || session.userId === knownId
    const profile = isKnown ? null : await askProfile(this.#pass.ports.fetch, session)
    return { session: withKeeper(this.#pass, session), profile }
  }

  /** Opens the page of the attempt under way once more; it may have been closed. */
  async openAgain(): Promise<void> {
    if (this.#page !== null) await this.#pass.ports.openPage(this.#page)
  }

  async #useBrowser(state: BrowserState, signal: AbortSignal): Promise<Session | null> {
    const { ports } = this.#pass
    const way = await ports.openWayBack()
    if (way === null) return this.#failed(signal, { kind: 'noWayBack' })
    try {
      const opened = await this.#pageOf(state, way.redirectUri, signal)
      if (!opened.ok) return await this.#failed(signal, opened.reason)
      const page = opened.value
      if (signal.aborted) return null
      const timeout = new AbortController()
      const arrival = way.arrival(page.state, AbortSignal.any([signal, timeout.signal]))
      this.#page = page.url
      if (!(await ports.openPage(page.url))) return await this.#failed(signal, { kind: 'noBrowser' })
      const { offersCode } = page
      this.#tell(signal, {
        type: 'pageOpened',
        expiresAt: ports.clock.wall() + PAGE_LIFETIME_MS,
        offersCode,
      })
      const giveUp = new AbortController()
      void ports.clock
        .sleep(PAGE_LIFETIME_MS, AbortSignal.any([signal, giveUp.signal]))
        .then(() => timeout.abort())
      const callback = await arrival
      giveUp.abort()
      if (callback === null) return await this.#failed(signal, { kind: 'timedOut' })
      this.#tell(signal, { type: 'browserAnswered' })
      const session = await page.complete(callback)
      if (session.ok) return session.value
      return session.reason === null ? null : await this.#failed(signal, session.reason)
    } finally {
      way.close()
    }
  }

  async #pageOf(
    state: BrowserState,
    redirectUri: string,
    signal: AbortSignal,
  ): Promise<Result<SignInPage, BrowserProblem>> {
    const { ports } = this.#pass
    const baseUrl = state.homeserver.baseUrl ?? ''
    const signOn = (provider: IdentityProvider | null): Result<SignInPage, BrowserProblem> => {
      const action = state.intent === 'create' ? 'register' : 'login'
      const page = ssoPage(baseUrl, redirectUri, provider?.id ?? null, action)
      const { formerDevice } = this.#pass
      const device = formerDevice?.userId === state.knownId ? formerDevice.deviceId : null
      const complete = (callback: URL) => this.#completeSignOn(baseUrl, callback, device, signal)
      return succeed({ url: page.url, state: page.nonce, offersCode: false, complete })
    }
    if (state.singleSignOn !== null) return signOn(state.singleSignOn.provider)
    const oauth = oauthPorts(ports)
    const app = await openApp(oauth, baseUrl, signal)
    if (!app.ok) {
      const { reason } = app
      const isWithout = reason.kind === 'unknown' && reason.detail === NO_ACCOUNT_SERVER
      // The same page has another door, for apps that couldn't use the first one.
      const ways = isWithout ? await askLoginWays(ports.fetch, baseUrl) : null
      return ways?.isOauthAware === true ? signOn(null) : app
    }
    const page = await authorizationPage(oauth, app.value, redirectUri, state.intent)
    return succeed({ ...page, offersCode: app.value.offersCode })
  }

  /** Null for a reason: what the homeserver has against the account is said where people sign in. */
  async #completeSignOn(
    baseUrl: string,
    callback: URL,
    device: string | null,
    signal: AbortSignal,
  ): Promise<Result<Session, BrowserProblem | null>> {
    const token = loginTokenIn(callback)
    if (token === null) return fail({ kind: 'mixedUp' })
    const { fetch, clock } = this.#pass.ports
    const session = await signInWithToken(fetch, baseUrl, token, device, () => clock.wall())
    if (session.ok) return session
    const { reason } = session
    if (reason.kind === 'unreachable' || reason.kind === 'rateLimited' || reason.kind === 'unknown')
      return fail(reason)
    // Login tokens live for seconds or minutes.
    if (reason.kind === 'wrongPassword') return fail({ kind: 'timedOut' })
    this.#tell(signal, { type: 'accountRefused', problem: reason })
    return fail(null)
  }

  async #useCode(state: BrowserState, signal: AbortSignal): Promise<OauthSession | null> {
    const { ports } = this.#pass
    const oauth = oauthPorts(ports)
    const app = await openApp(oauth, state.homeserver.baseUrl ?? '', signal)
    if (!app.ok) return this.#failed(signal, app.reason)
    const link = await deviceLink(oauth, app.value)
    if (!link.ok) return this.#failed(signal, link.reason)
    const { address, link: target, userCode, lifetime, complete } = link.value
    this.#tell(signal, {
      type: 'codeArrived',
      code: { address, link: target, userCode },
      expiresAt: ports.clock.wall() + lifetime * 1000,
    })
    const session = await complete(signal)
    return session.ok ? session.value : this.#failed(signal, session.reason)
  }

  async #failed(signal: AbortSignal, problem: BrowserProblem): Promise<null> {
    this.#tell(signal, { type: 'browserFailed', problem })
    if (problem.kind !== 'rateLimited') return null
    // A rate limit is a pause, not an error: it goes on by itself.
    const { clock } = this.#pass.ports
    await clock.sleep(Math.max(0, problem.retryAt - clock.wall()), signal)
    const { state } = this.#pass
    if (state.step === 'browser') {
      this.#tell(signal, { type: state.way === 'browser' ? 'useBrowser' : 'showCode' })
    }
    return null
  }

  #tell(signal: AbortSignal, event: Parameters<Pass['dispatch']>[0]): void {
    if (!signal.aborted) this.#pass.dispatch(event)
  }
}

function oauthPorts({ fetch, brand, clock }: Pass['ports']): OauthPorts {
  return {
    fetch,
    brand,
    wall: () => clock.wall(),
    monotonic: () => clock.monotonic(),
    sleep: (ms, signal) => clock.sleep(ms, signal),
  }
}
