import { afterEach, describe, expect, test } from 'vitest'
import { onePixel } from '../../core/testing/pictures.ts'
import { accountExists, askAdmin, createAccount } from '../../practice/admin.ts'
import { passCaptcha } from '../../practice/fixtures/captcha-page.ts'
import { testWorld } from '../../practice/fixtures/test-world.ts'
import type { PassKeep } from '../storage/pass-record.ts'
import type { OnboardingPorts } from './ports.ts'
import { PassRun } from './testing/pass-run.ts'

const SERVER = 'matrix.mathesar.org'
const PASSWORD = 'four unrelated words'

const { world, agent, fetch } = await testWorld({ hasHurdles: true })
let count = 0

afterEach(() => {
  if (world.hurdles === null) return
  Object.assign(world.hurdles.mail.faults, { isLosing: false, isRefusing: false })
  Object.assign(world.hurdles.captcha.faults, { isDoubting: false })
})

describe('an account that takes a mail, a captcha and the terms', () => {
  test('is made as soon as both are done, in whichever order, and gets its profile', async () => {
    const pass = await Newcomer.atForm()
    expect(pass.form()).toMatchObject({
      ways: [{ needs: ['captcha', 'email'] }],
      policies: [{ id: 'privacy_policy', version: '1.0', language: 'en' }],
    })
    pass.create()
    const stages = await pass.until('stages')
    expect(stages.tasks).toMatchObject([
      { kind: 'email', address: pass.address, isDone: false, takesCode: false },
      { kind: 'captcha', isDone: false, isOpened: false },
    ])
    await pass.passCaptcha()
    await pass.until('stages', ({ tasks }) => tasks[1]?.isDone === true)
    expect(await pass.isThere()).toBe(false)
    await pass.openMail()
    await pass.until('profile')
    expect(await pass.isThere()).toBe(true)

    pass.send({ type: 'saveProfile', name: 'Ada L.', picture: onePixel.metadata })
    await pass.until('profile', ({ problem }) => problem === 'notAPicture')
    pass.send({ type: 'saveProfile', name: 'Ada L.', picture: onePixel.png })
    await pass.until('rooms')
    const user = await askAdmin(world, SERVER, `/v2/users/${encodeURIComponent(pass.userId)}`)
    expect(user).toMatchObject({ displayname: 'Ada L.', avatar_url: expect.stringMatching(/^mxc:/) })
    expect(user['threepids']).toMatchObject([{ medium: 'email', address: pass.address }])
  })

  test('survives a restart with nothing secret on the screen, and needs no password for that', async () => {
    const first = await Newcomer.atForm()
    first.create()
    await first.until('stages')
    await first.passCaptcha()
    await first.until('stages', ({ tasks }) => tasks[1]?.isDone === true)
    await first.onboarding.stop()
    await first.openMail()
    const shown = JSON.stringify(first.keep.pass.get()?.state)
    for (const secret of [PASSWORD, 'clientSecret', first.session()]) expect(shown).not.toContain(secret)

    const second = first.restarted()
    await second.until('profile')
    expect(await second.isThere()).toBe(true)
  })

  test('asks anew for what may not be kept', async () => {
    const first = await Newcomer.atForm()
    first.create()
    await first.until('stages')
    await first.onboarding.stop()
    const second = first.restarted({
      secrets: { hasKeyring: () => false, seal: () => null, unseal: () => null },
    })
    const form = await second.until('createAccount', ({ ways }) => ways[0]?.stages.length !== 0)
    expect(form).toMatchObject({ draft: { username: first.username, email: first.address } })
    expect(form.hasPassword).toBe(false)
  })

  test('a name taken in the end costs nothing but the name', async () => {
    const pass = await Newcomer.atForm()
    pass.create()
    await pass.until('stages')
    await createAccount(world, SERVER, { username: pass.username, password: 'somebody-quicker' })
    const form = await pass.until('createAccount', ({ problem }) => problem !== null)
    expect(form).toMatchObject({ problem: { kind: 'usernameTaken' }, hasPassword: true })
    pass.username = `${pass.username}-2`
    // What the screen then sends: no password.
    pass.create({ password: null })
    await pass.until('stages')
    await pass.passCaptcha()
    await pass.openMail()
    await pass.until('profile')
    expect(await pass.isThere()).toBe(true)
    expect(world.hurdles?.mail.mails.filter(({ to }) => to === pass.address)).toHaveLength(1)
  })

  test('a mail that gets lost is sent again; one that can’t be sent is said at once', async () => {
    const pass = await Newcomer.atForm()
    const { mail } = world.hurdles ?? expect.unreachable()
    mail.faults.isLosing = true
    pass.create()
    await pass.until('stages')
    expect(mail.mailTo(pass.address)).toBeUndefined()
    mail.faults.isRefusing = true
    pass.send({ type: 'resendEmail' })
    await pass.until('stages', ({ tasks: [task] }) => task?.kind === 'email' && task.problem === 'notSent')
    Object.assign(mail.faults, { isLosing: false, isRefusing: false })
    pass.send({ type: 'resendEmail' })
    await pass.until('stages', ({ tasks: [task] }) => task?.kind === 'email' && task.sent === 2)
    await pass.openMail()
    await pass.until('stages', ({ tasks }) => tasks[0]?.isDone === true)

    pass.send({ type: 'back' })
    const other = await Newcomer.atForm()
    mail.faults.isRefusing = true
    other.create()
    await other.until('createAccount', ({ problem }) => problem?.kind === 'emailNotSent')
  })

  test('an address that is none, and one that somebody uses', async () => {
    const first = await Newcomer.atForm()
    first.create({ email: 'no address' })
    await first.until('createAccount', ({ problem }) => problem?.kind === 'emailInvalid')
    first.create()
    await first.until('stages')
    await first.passCaptcha()
    await first.openMail()
    await first.until('profile')
    const second = await Newcomer.atForm()
    second.create({ email: first.address })
    await second.until('createAccount', ({ problem }) => problem?.kind === 'emailInUse')
  })

  test('a captcha that takes nobody for human is waited for', async () => {
    const pass = await Newcomer.atForm()
    const { captcha } = world.hurdles ?? expect.unreachable()
    captcha.faults.isDoubting = true
    pass.create()
    await pass.until('stages')
    expect(await pass.passCaptcha()).toContain('Captcha authentication failed')
    await pass.openMail()
    await pass.until('stages', ({ tasks }) => tasks[0]?.isDone === true)
    captcha.faults.isDoubting = false
    await pass.passCaptcha()
    await pass.until('profile')
  })
})

test('an invite code is checked beforehand, and a wrong one uses up no try', async () => {
  const pass = await Newcomer.atForm('auxolotl', 'auxolotl.org')
  pass.send({ type: 'checkToken', token: 'wrong' })
  await pass.until('createAccount', ({ tokenCheck }) => tokenCheck === 'bad')
  pass.send({ type: 'checkToken', token: world.registrationToken })
  await pass.until('createAccount', ({ tokenCheck }) => tokenCheck === 'good')
  pass.create({ token: 'wrong', email: null })
  await pass.until('createAccount', ({ problem }) => problem?.kind === 'wrongToken')
  pass.create({ token: world.registrationToken, email: null, password: 'Four unrelated words 4' })
  await pass.until('profile')
})

test('a code that a link brought is asked about before anything is typed', async () => {
  const late = await Newcomer.atForm('derse', 'auxolotl.org', 'used-up')
  await late.until('createAccount', ({ problem }) => problem?.kind === 'wrongToken')
  expect(late.form().hints).toMatchObject({ hasToken: false })
  const password = 'Four unrelated words 4'
  late.create({ token: world.registrationToken, email: null, password })
  await late.until('profile')
  const early = await Newcomer.atForm('derse', 'auxolotl.org', world.registrationToken)
  early.create({ email: null, password })
  await early.until('profile')
})

type Wish = { password?: string | null; email?: string | null; token?: string | null }

/** Somebody on the way to an account on the server that asks for much. */
class Newcomer extends PassRun {
  readonly #pages: string[]
  readonly #name: string
  username: string
  readonly address: string

  constructor(name: string, keep?: PassKeep, own: Partial<OnboardingPorts> = {}) {
    const pages: string[] = []
    super(agent, keep, { openPage: async (page) => pages.push(page) > 0, language: 'en-GB', ...own })
    this.#pages = pages
    this.#name = name
    this.username = name
    this.address = `${name}@mail.example`
  }

  /** At the form for an account, once the homeserver has told its ways. */
  static async atForm(
    community = 'mathesar',
    server = SERVER,
    linkToken: string | null = null,
  ): Promise<Newcomer> {
    const pass = new Newcomer(`stages-${process.pid}-${count++}`)
    const link = `foyer:?join=${encodeURIComponent('#de-rse.org:matrix.org')}&server=${server}&token=${linkToken ?? ''}`
    pass.send(
      linkToken === null ? { type: 'chooseCommunity', id: community } : { type: 'openLink', text: link },
    )
    await pass.until('preview')
    pass.send({ type: 'leavePreview' })
    await pass.until('homeserver', ({ cards }) =>
      cards.some((card) => card.name === server && card.probe === 'answered'),
    )
    pass.send({ type: 'chooseHomeserver', name: server })
    pass.send({ type: 'continueWithHomeserver' })
    await pass.until('createAccount', ({ ways }) => ways[0]?.stages.length !== 0)
    return pass
  }

  get userId(): string {
    return `@${this.username}:${SERVER}`
  }

  /** The same newcomer, after Foyer was closed and opened again. */
  restarted(own: Partial<OnboardingPorts> = {}): Newcomer {
    return new Newcomer(this.#name, this.keep, own)
  }

  create(wish: Wish = {}): void {
    const all = { username: this.username, password: PASSWORD, email: this.address, token: null, ...wish }
    this.send({ type: 'createAccount', acceptsTerms: true, ...all })
  }

  form() {
    const { state } = this.onboarding
    return state.step === 'createAccount' ? state : expect.unreachable(state.step)
  }

  /** The name of the attempt, as the page's address has it. */
  session(): string {
    return new URL(this.#pages.at(-1) ?? '').searchParams.get('session') ?? expect.unreachable()
  }

  async passCaptcha(): Promise<string> {
    const before = this.#pages.length
    this.send({ type: 'openStage', stage: 'm.login.recaptcha' })
    await expect.poll(() => this.#pages.length).toBeGreaterThan(before)
    return passCaptcha(fetch, this.#pages.at(-1) ?? expect.unreachable())
  }

  async openMail(): Promise<void> {
    await expect.poll(() => world.hurdles?.mail.mailTo(this.address), { timeout: 10_000 }).toBeDefined()
    const answer = await fetch(world.hurdles?.mail.mailTo(this.address)?.links[0] ?? '')
    expect(answer.status).toBe(200)
  }

  isThere(): Promise<boolean> {
    return accountExists(world, this.userId)
  }
}
