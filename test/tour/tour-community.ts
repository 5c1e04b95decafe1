import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { ElectronApplication, Page } from '@playwright/test'
import type { PracticeWorld } from '../../practice/world.ts'
import type { DoneState } from '../../core/onboarding/state.ts'
import { launchFoyer } from '../fixtures/launch.ts'
import { trulyJoined } from '../fixtures/truth.ts'
import { AccountPages } from '../pages/account-pages.ts'
import { Newcomer, type NewAccount } from '../pages/newcomer.ts'

/** What one walk came to. `joined` is what the homeserver says. */
export interface TourResult {
  readonly id: string
  readonly asked: number
  readonly joined: number
  readonly notJoined: readonly { readonly room: string; readonly reason: string }[]
  readonly actions: number
  readonly seconds: number
}

interface Tour {
  readonly id: string
  readonly world: PracticeWorld
  readonly profile: string
  readonly pictures: string
  readonly signal: AbortSignal
}

/** What newcomers type where they get an account, by community: the first suggestion is taken as it is. */
const walks = {
  galaxy: { name: 'Galaxy', server: 'matrix.org' },
  mathesar: { name: 'Mathesar', server: 'matrix.mathesar.org' },
  derse: { name: 'de-RSE', server: 'matrix.org' },
  auxolotl: { name: 'Auxolotl', server: 'matrix.org' },
} as const

/** Synapse's default limits make Auxolotl a matter of four minutes; a crowded machine may need some more. */
const LONGEST = 15 * 60_000

/**
 * Walks one community from the front door to the last screen. Throws when a screen doesn't come, or when the
 * newcomer is shown an error on the way.
 */
export async function tourCommunity({ id, world, profile, pictures, signal }: Tour): Promise<TourResult> {
  const walk = walks[id as keyof typeof walks]
  mkdirSync(pictures, { recursive: true })
  const { app, window } = await launchFoyer({ profile, world: world.descriptionPath })
  signal.addEventListener('abort', () => app.process().kill())
  try {
    const newcomer = new Newcomer(window)
    const album = new Album(window, pictures)
    await newcomer.heading('Come in. Who are you here to see?')
    await album.add('welcome')
    const started = performance.now()
    await newcomer.lookAround(walk.name)
    await window.getByText(/Asking .+ about its rooms/).waitFor({ state: 'detached' })
    await album.add('preview')
    await newcomer.joinCommunity(walk.name)
    await window
      .getByText(/already here/)
      .first()
      .waitFor()
    await album.add('homeserver')
    const account = { username: `tour-${id}`, password: 'four unrelated words here' }
    if (walk.server === 'matrix.org') await createInBrowser(app, newcomer, album, account)
    else await createHere(walk.server, newcomer, album, account)
    await newcomer.heading('Which rooms would you like?')
    await album.add('rooms-suggested')
    await newcomer.choose('Everything')
    await album.add('rooms')
    await newcomer.join()
    const done = await walkThroughJoining(newcomer, album)
    const seconds = Math.round((performance.now() - started) / 100) / 10
    await album.add('arrival')
    const { lines } = done.progress
    const joined = await trulyJoined(world, done.account.userId, lines)
    return {
      id,
      asked: lines.length,
      joined: joined.length,
      notJoined: lines
        .filter((line) => !joined.includes(line.key))
        .map((line) => ({ room: line.name, reason: line.reason ?? line.status })),
      actions: newcomer.actions,
      seconds,
    }
  } finally {
    await app.close()
  }
}

async function createHere(
  server: string,
  newcomer: Newcomer,
  album: Album,
  account: NewAccount,
): Promise<void> {
  await newcomer.continueWith(server)
  await album.add('account-empty')
  await newcomer.fillInAccount(account)
  await newcomer.window.getByText(`${account.username} is free.`).waitFor()
  await album.add('account')
  await newcomer.click(newcomer.button('Create account'))
  await newcomer.heading('Who shall people see?')
  await album.add('profile')
  await newcomer.skipProfile()
}

/** On matrix.org's own page, which counts as much as the form here would: every field and button of it is one more. */
async function createInBrowser(
  app: ElectronApplication,
  newcomer: Newcomer,
  album: Album,
  { username, password }: NewAccount,
): Promise<void> {
  const [page] = await Promise.all([app.waitForEvent('window'), newcomer.continueWith('matrix.org')])
  await newcomer.reads('Waiting for your browser')
  await album.add('account-browser')
  const pages = new AccountPages(page)
  await pages.createAccount(username, password)
  await pages.consent()
  newcomer.actions += pages.actions
  await newcomer.heading('Who shall people see?')
  await album.add('profile')
  await newcomer.skipProfile()
}

async function walkThroughJoining(newcomer: Newcomer, album: Album): Promise<DoneState> {
  const { window } = newcomer
  const arrival = newcomer.arrive(LONGEST)
  const heading = window.getByRole('heading', { name: 'The doors are opening' })
  // With raised limits the doors may all be open before there is anything to see.
  if (await heading.isVisible()) await album.add('joining').catch(() => undefined)
  const waiting = window.getByText(/^Next room in/)
  const errors = watchForErrors(window)
  const picture = waiting.waitFor({ timeout: LONGEST }).then(() => album.add('joining-waiting'))
  await Promise.race([arrival, picture.catch(() => undefined)])
  await arrival
  const shown = await errors()
  if (shown.length > 0) throw new Error(`The newcomer was shown an error: ${shown.join(' | ')}`)
  return newcomer.state('done')
}

/** Notes every error that shows on the screen from now on; the returned function tells which. */
function watchForErrors(window: Page): () => Promise<readonly string[]> {
  const seen = new Set<string>()
  const look = async (): Promise<void> => {
    for (const text of await window.locator('.is-wrong').allTextContents()) seen.add(text)
  }
  const timer = setInterval(() => void look().catch(() => undefined), 500)
  return async () => {
    clearInterval(timer)
    await look()
    return [...seen]
  }
}

/** Takes each screen's picture in both lights. */
class Album {
  #count = 0
  readonly #window: Page
  readonly #folder: string

  constructor(window: Page, folder: string) {
    this.#window = window
    this.#folder = folder
  }

  async add(name: string): Promise<void> {
    this.#count += 1
    const number = String(this.#count).padStart(2, '0')
    for (const colorScheme of ['dark', 'light'] as const) {
      await this.#window.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await this.#window.screenshot({ path: join(this.#folder, `${number}-${name}.${colorScheme}.png`) })
    }
  }
}
