import { z } from 'zod'
import type { UserEvent } from '../../core/onboarding/events.ts'
import { hasTokenFor } from '../../core/onboarding/moves.ts'
import type { AccountProblem, CreateAccountState, StagesState } from '../../core/onboarding/state.ts'
import { askToken, askWays } from '../../matrix/account/ask-ways.ts'
import { requestEmail, submitEmailCode } from '../../matrix/account/email-proof.ts'
import { advance, type Advance, type Answers } from '../../matrix/account/register.ts'
import {
  fulfilledNeeds,
  newRegistration,
  openStages,
  registrationSchema,
  type Registration,
} from '../../matrix/account/registration.ts'
import type { Session } from '../../matrix/client.ts'
import { endpoint, getText } from '../../matrix/http/fetch.ts'
import type { KeptToken } from '../storage/pass-record.ts'
import { adopted, type Entrance } from './account-step.ts'
import type { Pass } from './pass.ts'
import { stageTasks, type EmailNews, type Pages } from './stage-tasks.ts'

const EMAIL = 'm.login.email.identity'
/** Between two questions for the ways to an account, where nobody answers, in milliseconds. */
const LONGEST_REST = 30_000
const quiet: EmailNews = { problem: null, isBusy: false }
const keptSchema = registrationSchema.extend({ opened: z.array(z.string()) })

/**
 * Makes an account, however many stages that takes and however long. What the homeserver has is never asked for again:
 * neither after a restart, nor when the name turns out to be taken in the end. The password stays in memory until then.
 */
export class RegistrationStep {
  readonly #pass: Pass
  #registration: Registration | null = null
  #answers: Answers = { password: null, token: null }
  #opened: ReadonlySet<string> = new Set()
  #missing: ReadonlySet<string> = new Set()
  #wake = new AbortController()
  #tokenChecks = 0

  constructor(pass: Pass) {
    this.#pass = pass
  }

  /** Whether an attempt has begun that could be gone on with. */
  get isUnderWay(): boolean {
    return (this.#registration?.session ?? null) !== null
  }

  /** What a restart needs to go on, as `seal` makes it safe; null where there is nothing or it must not be kept. */
  kept(seal: (secret: string) => KeptToken | null): KeptToken | null {
    if (this.#registration === null) return null
    return seal(JSON.stringify({ ...this.#registration, opened: [...this.#opened] }))
  }

  /** Takes up what an earlier run has kept. */
  takeUp(sealed: KeptToken | null): void {
    const text = sealed === null ? null : this.#pass.ports.secrets.unseal(sealed)
    if (text === null) return
    const read = keptSchema.safeParse(parsedJson(text))
    if (!read.success) return
    const { opened, ...registration } = read.data
    this.#registration = registration
    this.#opened = new Set(opened)
  }

  /** Asks the homeserver for its ways to an account, and which policies go with them. */
  async learnWays({ homeserver }: CreateAccountState): Promise<void> {
    const { ports, stepSignal: signal } = this.#pass
    if (homeserver.baseUrl === null) return
    for (let rest = 3_000; !signal.aborted; rest = Math.min(rest * 2, LONGEST_REST)) {
      const asked = await askWays(ports.fetch, homeserver.baseUrl, ports.language)
      if (signal.aborted || asked.kind === 'silent') return
      if (asked.kind === 'told') {
        const { kind: _, ...learned } = asked
        return this.#pass.dispatch({ type: 'waysLearned', ...learned })
      }
      await ports.clock.sleep(Math.min(Math.max(asked.wait ?? rest, 1_000), LONGEST_REST), signal)
    }
  }

  /** Asks whether an invite code is good; an answer that was overtaken is dropped. */
  async checkToken({ homeserver }: CreateAccountState, token: string): Promise<void> {
    this.#tokenChecks += 1
    const mine = this.#tokenChecks
    const { ports, stepSignal: signal } = this.#pass
    const isValid = token === '' ? null : await askToken(ports.fetch, homeserver.baseUrl ?? '', token)
    if (signal.aborted || mine !== this.#tokenChecks) return
    const check = isValid === null ? 'none' : isValid ? 'good' : 'bad'
    this.#pass.dispatch({ type: 'tokenChecked', check })
  }

  /** Asks about the code that a link brought before anything is typed: it may be used up or out of date. */
  async checkLinkToken(form: CreateAccountState): Promise<void> {
    const { linkToken, ports, stepSignal: signal } = this.#pass
    const { baseUrl, name } = form.homeserver
    const isWanted = form.ways.some((way) => way.needs.includes('token'))
    if (linkToken === null || baseUrl === null || !isWanted || !hasTokenFor(form, name)) return
    const isValid = await askToken(ports.fetch, baseUrl, linkToken)
    const { state } = this.#pass
    // Whoever was quicker is told when the form is sent, as that asks too.
    if (signal.aborted || isValid !== false || state.step !== 'createAccount' || state.isBusy) return
    this.#refuse({ kind: 'wrongToken' })
  }

  /** Sends the form. Null when the account isn't there yet; the screen then shows why, or what is to be done. */
  begin(
    form: CreateAccountState,
    wish: Extract<UserEvent, { type: 'createAccount' }>,
  ): Promise<Entrance | null> {
    return adopted(this.#pass, newcomer(this.#begin(form, wish)))
  }

  /** Waits until what is done outside is done, asking now and then, and takes the account. */
  watch(): Promise<Entrance | null> {
    return adopted(this.#pass, newcomer(this.#watch()))
  }

  /** Asks at once, as the person is back in this window or online again. */
  lookNow(): void {
    this.#wake.abort()
  }

  /** Sends the mail once more. */
  async resend(): Promise<void> {
    const email = this.#registration?.email ?? null
    if (email === null) return
    const problem = await this.#sendMail(email.address)
    this.#tell({ isBusy: false, problem: problem === null ? null : mailProblemOf(problem) })
  }

  /** Hands in the code of the mail. */
  async submitCode(code: string): Promise<void> {
    const email = this.#registration?.email ?? null
    if (email === null) return
    const verdict = await submitEmailCode(this.#pass.ports.fetch, email, code.trim())
    this.#tell(verdict.ok ? quiet : { isBusy: false, problem: verdict.reason })
    if (verdict.ok) this.lookNow()
  }

  /** Opens the homeserver's own page for a stage (spec v1.19, fallback). */
  openPage(stage: string): void {
    const registration = this.#registration
    if (registration === null || registration.session === null) return
    if (!openStages(registration).includes(stage)) return
    const path = `/_matrix/client/v3/auth/${encodeURIComponent(stage)}/fallback/web`
    const url = endpoint(registration.baseUrl, path)
    url.searchParams.set('session', registration.session)
    this.#pass.run(this.#open(stage, url))
    this.#opened = new Set([...this.#opened, stage])
    this.#pass.write()
  }

  // Looked at beforehand: Synapse knows a stage for phone numbers, for instance, but has no page for it.
  async #open(stage: string, url: URL): Promise<void> {
    const { ports, stepSignal: signal } = this.#pass
    const page = await getText(ports.fetch, url, 'text/html', { signal })
    const others = [...this.#missing].filter((each) => each !== stage)
    this.#missing = new Set(page?.status === 404 ? [...others, stage] : others)
    this.#tell(null)
    if (this.#missing.has(stage)) return
    if (!(await ports.openPage(url.href))) ports.log('registration: a page could not be opened')
  }

  /** Lets go of password and code: the form has them again when they are needed. */
  dropAnswers(): void {
    this.#answers = { password: null, token: null }
  }

  /** Forgets the attempt, as there is an account now. */
  forget(): void {
    this.#registration = null
    this.#opened = new Set()
    this.#missing = new Set()
    this.dropAnswers()
  }

  async #begin(
    form: CreateAccountState,
    wish: Extract<UserEvent, { type: 'createAccount' }>,
  ): Promise<Session | null> {
    const { ports, stepSignal: signal } = this.#pass
    const { baseUrl } = form.homeserver
    if (baseUrl === null) return this.#refuse({ kind: 'unreachable' })
    const before = this.#registration?.baseUrl === baseUrl ? this.#registration : null
    const { acceptsTerms, username, password } = wish
    const token = wish.token ?? (hasTokenFor(form, form.homeserver.name) ? this.#pass.linkToken : null)
    this.#registration = { ...(before ?? newRegistration(baseUrl, username)), username, acceptsTerms }
    this.#answers = { password: password ?? this.#answers.password, token: token ?? this.#answers.token }
    if (before === null) this.#opened = new Set()
    // Beforehand, as each wrong code uses up a try at the registration itself.
    if (token !== null && (await askToken(ports.fetch, baseUrl, token)) === false)
      return this.#refuse({ kind: 'wrongToken' })
    const wanted = form.ways[form.way] ?? null
    for (;;) {
      if (signal.aborted) return null
      const result = await this.#advance(wanted)
      if (result.kind === 'done') return result.session
      if (signal.aborted) return null
      const problem = result.kind === 'refused' ? result.problem : await this.#mailFor(wish.email ?? null)
      if (signal.aborted) return null
      if (problem === null) return this.#openStages()
      // The form didn't know that an address is asked for.
      if (problem.kind === 'emailInvalid' && (wish.email ?? null) === null) await this.learnWays(form)
      // The homeserver begins anew, and so does Foyer; the person notices nothing.
      const isStale = problem.kind === 'sessionExpired' && this.#registration.session !== null
      if (isStale) this.#registration = newRegistration(baseUrl, username)
      if (isStale) this.#registration = { ...this.#registration, acceptsTerms }
      else if (!(await this.#isPatient(problem))) return null
    }
  }

  async #watch(): Promise<Session | null> {
    const { stepSignal: signal, ports } = this.#pass
    for (let look = 0; ; look += 1) {
      await this.#rest(waitBefore(look))
      if (signal.aborted) return null
      const result = await this.#advance(null)
      if (result.kind === 'done') return result.session
      if (signal.aborted) return null
      if (result.kind === 'waiting') {
        this.#tell(null)
        continue
      }
      const { problem } = result
      if (problem.kind === 'unreachable') this.#tell(null, problem)
      else if (problem.kind === 'rateLimited') {
        this.#tell(null, problem)
        await ports.clock.sleep(Math.max(0, problem.retryAt - ports.clock.wall()), signal)
      } else {
        if (problem.kind === 'sessionExpired') this.#registration = null
        return this.#refuse(problem)
      }
    }
  }

  async #advance(wanted: Parameters<typeof advance>[3]): Promise<Advance> {
    const { ports } = this.#pass
    if (this.#registration === null) throw new Error('No registration is under way')
    const begun = this.#registration
    const result = await advance(ports.fetch, begun, this.#answers, wanted, () => ports.clock.wall())
    if (result.kind === 'done') this.forget()
    // A mail may have been sent anew while the homeserver was being asked.
    else this.#registration = { ...result.registration, email: this.#registration?.email ?? null }
    if (result.kind === 'refused' && result.problem.kind === 'awaitingApproval') this.forget()
    return result
  }

  /** Has a mail sent where one is asked for and none is on its way to this address. */
  async #mailFor(address: string | null): Promise<AccountProblem | null> {
    const registration = this.#registration
    if (registration === null || !openStages(registration).includes(EMAIL)) return null
    if (address === null || address === '') return { kind: 'emailInvalid' }
    return registration.email?.address === address ? null : this.#sendMail(address)
  }

  async #sendMail(address: string): Promise<AccountProblem | null> {
    const { ports } = this.#pass
    const registration = this.#registration
    if (registration === null) return null
    const proof = await requestEmail(ports.fetch, registration, address, () => ports.clock.wall())
    if (!proof.ok) return proof.reason
    if (this.#registration !== null) this.#registration = { ...this.#registration, email: proof.value }
    return null
  }

  get #pages(): Pages {
    return { opened: this.#opened, missing: this.#missing }
  }

  #openStages(): null {
    if (this.#registration === null) return null
    const tasks = stageTasks(this.#registration, this.#pages, quiet)
    this.#pass.dispatch({ type: 'stagesOpened', tasks, fulfilled: fulfilledNeeds(this.#registration) })
    return null
  }

  /** Tells the screen how the stages stand. `news` null leaves what was said of the mail. */
  #tell(news: EmailNews | null, problem: StagesState['problem'] = null): void {
    const { state } = this.#pass
    if (state.step !== 'stages' || this.#registration === null) return
    const shown = state.tasks.find((task) => task.kind === 'email') ?? quiet
    const { problem: mailProblem, isBusy } = news ?? shown
    const tasks = stageTasks(this.#registration, this.#pages, { problem: mailProblem, isBusy })
    const isSame =
      JSON.stringify(tasks) === JSON.stringify(state.tasks) &&
      JSON.stringify(problem) === JSON.stringify(state.problem)
    if (!isSame) this.#pass.dispatch({ type: 'stagesChanged', tasks, problem })
  }

  #refuse(problem: AccountProblem): null {
    const fulfilled = this.#registration === null ? [] : fulfilledNeeds(this.#registration)
    this.#pass.dispatch({ type: 'accountRefused', problem, fulfilled })
    return null
  }

  // A rate limit is a pause, not an error: what was typed is kept, and it goes on by itself.
  async #isPatient(problem: AccountProblem): Promise<boolean> {
    const { clock } = this.#pass.ports
    this.#refuse(problem)
    if (problem.kind !== 'rateLimited') return false
    await clock.sleep(Math.max(0, problem.retryAt - clock.wall()), this.#pass.stepSignal)
    return true
  }

  async #rest(ms: number): Promise<void> {
    this.#wake = new AbortController()
    const { clock } = this.#pass.ports
    await clock.sleep(ms, AbortSignal.any([this.#pass.stepSignal, this.#wake.signal]))
  }
}

// Nobody has named an account that was made just now.
async function newcomer(flow: Promise<Session | null>): Promise<Entrance | null> {
  const session = await flow
  return session && { session, profile: { name: '' } }
}

/** Milliseconds before the next look: quick while somebody is at it, then slower, since many may be waiting. */
function waitBefore(look: number): number {
  if (look === 0) return 1_000
  return look < 40 ? 3_000 : look < 100 ? 6_000 : 15_000
}

function mailProblemOf(problem: AccountProblem): EmailNews['problem'] {
  if (problem.kind === 'rateLimited') return 'tooMany'
  return problem.kind === 'unreachable' ? 'unreachable' : 'notSent'
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
