import { expect, type Locator, type Page } from '@playwright/test'
import type { Bridge } from '../../core/bridge/contract.ts'
import type { DoneState, OnboardingState, OnboardingStep } from '../../core/onboarding/state.ts'

declare global {
  interface Window {
    readonly foyer: Bridge
  }
}

/** What somebody types to get an account. */
export interface NewAccount {
  readonly username: string
  readonly password: string
  readonly token?: string
  readonly email?: string
}

/** A person in front of the window: finds things by their names, and counts what they have to click and fill in. */
export class Newcomer {
  /** Clicks and filled fields so far. */
  actions = 0
  readonly window: Page

  constructor(window: Page) {
    this.window = window
  }

  async lookAround(community: string): Promise<void> {
    await this.click(this.button(new RegExp(`^Look around ${escape(community)}`)))
    await this.heading('Have a look around')
  }

  async pasteLink(link: string): Promise<void> {
    await this.fill(this.window.getByLabel('Somewhere else? Paste a link or an address'), link)
    await this.click(this.button('Find it'))
  }

  async joinCommunity(community: string): Promise<void> {
    await this.click(this.button(`Join ${community}`))
    await this.heading('Where should your account live?')
  }

  /** Goes on with the homeserver that is suggested first, or with another of the list. */
  async continueWith(server: string): Promise<void> {
    const row = this.window.getByRole('radio', { name: new RegExp(`^${escape(server)}\\b`) })
    // Rows grow while the homeservers' answers arrive, and may move away from under the pointer. The one suggested first
    // is clicked too: until then a better one may take its place.
    await expect(async () => {
      await this.click(row)
      await expect(row).toBeChecked({ timeout: 1_000 })
    }).toPass()
    await this.click(this.button(`Continue with ${server}`))
    await this.heading(/^(Create your account|Finish in your browser)$/)
  }

  /** Types the name of a homeserver that isn't suggested. */
  async findHomeserver(name: string): Promise<void> {
    const field = this.window.getByLabel('Another homeserver', { exact: true })
    if ((await field.count()) === 0) await this.click(this.button(/^Another homeserver/))
    await this.fill(field, name)
    await field.press('Enter')
  }

  /** Says that there is an account already, from the list of homeservers. */
  async haveAccount(): Promise<void> {
    await this.click(this.button(/^I have an account/))
    await this.heading('Welcome back')
  }

  async fillInAccount(account: NewAccount): Promise<void> {
    await this.fill(this.window.getByLabel('Username'), account.username)
    await this.fill(this.window.getByLabel('Password', { exact: true }), account.password)
    if (account.token !== undefined) await this.fill(this.window.getByLabel('Invite code'), account.token)
    if (account.email !== undefined) await this.fill(this.window.getByLabel('E-mail address'), account.email)
    const terms = this.window.getByRole('checkbox', { name: /I accept/ })
    if ((await terms.count()) > 0 && !(await terms.isChecked())) await this.click(terms)
  }

  async createAccount(account: NewAccount): Promise<void> {
    await this.fillInAccount(account)
    await this.click(this.button('Create account'))
    await this.skipProfile()
  }

  /** Waits until the homeserver asks for more than the form held. */
  async isAskedForMore(): Promise<void> {
    await this.heading('Almost there')
  }

  /** Leaves name and picture of a new account for later. */
  async skipProfile(): Promise<void> {
    await this.heading('Who shall people see?')
    await this.click(this.button('Skip'))
    await this.heading(/Which (rooms|channels) would you like\?/)
  }

  async signIn(id: string, password: string): Promise<void> {
    await this.fill(this.window.getByLabel('Matrix ID'), id)
    await this.fill(this.window.getByLabel('Password', { exact: true }), password)
    await this.click(this.button('Sign in'))
  }

  async choose(preset: 'Suggested' | 'Everything' | 'Just the Lobby' | 'My own choice'): Promise<void> {
    await this.click(this.window.getByRole('radio', { name: new RegExp(`^${preset}`) }))
  }

  /** Ticks or unticks one room. */
  async tick(room: string): Promise<void> {
    await this.click(this.room(room))
  }

  /** The tick of one room. */
  room(name: string): Locator {
    return this.window.getByRole('checkbox', { name: new RegExp(`^${escape(name)}`) })
  }

  /** Waits until the list of rooms is whole, then joins what is chosen. */
  async join(): Promise<void> {
    await expect.poll(async () => (await this.state('rooms')).isLoading).toBe(false)
    await this.click(this.button(/^Join [\d,]+ rooms?$/))
  }

  /** Takes every room, and waits until they are joined and Foyer has signed itself out. */
  async joinEverything(): Promise<DoneState> {
    await this.choose('Everything')
    await this.join()
    await this.arrive()
    return this.state('done')
  }

  /** Takes every room, and pauses in the first moments of joining them. */
  async pauseEverything(): Promise<void> {
    await this.choose('Everything')
    await this.join()
    await this.click(this.button('Pause'))
    await this.reads('Paused. Everything so far is kept.')
  }

  /** Answers the question that stands over the screen. */
  async answer(answer: string): Promise<void> {
    await this.click(this.window.getByRole('dialog').getByRole('button', { name: answer }))
  }

  async back(): Promise<void> {
    await this.click(this.button('Back'))
  }

  /** Waits until a sentence stands on the screen. */
  async reads(sentence: string | RegExp): Promise<void> {
    await expect(this.window.getByText(sentence).filter({ visible: true }).first()).toBeVisible()
  }

  /** Waits for the last screen, where Foyer stays signed in. */
  async arriveAndStay(timeout = 60_000): Promise<void> {
    await this.window.getByRole('heading', { name: /^You’re in/ }).waitFor({ timeout })
  }

  /** Waits for the last screen, and lets Foyer sign itself out. Nobody has to do that, so it doesn't count. */
  async arrive(timeout = 60_000): Promise<void> {
    await this.arriveAndStay(timeout)
    const signOut = this.button('Sign out now')
    await signOut
      .or(this.window.getByText(/has signed itself out/))
      .first()
      .waitFor()
    if (await signOut.isVisible()) await signOut.click()
    await this.window.getByText('Foyer has signed itself out of your account.').waitFor({ timeout: 20_000 })
  }

  /** The state that the shell shows. Fails when it is another step. */
  async state<Step extends OnboardingStep>(step: Step): Promise<Extract<OnboardingState, { step: Step }>> {
    const state = await this.window.evaluate(() => window.foyer.getState())
    expect(state.step).toBe(step)
    return state as Extract<OnboardingState, { step: Step }>
  }

  async heading(name: string | RegExp): Promise<void> {
    await this.window.getByRole('heading', { name, level: 1 }).waitFor()
  }

  button(name: string | RegExp): Locator {
    return this.window.getByRole('button', { name, exact: typeof name === 'string' })
  }

  async click(target: Locator): Promise<void> {
    this.actions += 1
    // A radio or tick may lie under its label, as the design draws it; people click what they see.
    await target.click({ force: (await target.getAttribute('type')) === 'radio' })
  }

  async fill(target: Locator, text: string): Promise<void> {
    this.actions += 1
    await target.fill(text)
  }
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
