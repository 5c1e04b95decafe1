import { join } from 'node:path'
import {
  app,
  dialog,
  Menu,
  nativeImage,
  Notification,
  powerSaveBlocker,
  Tray,
  type BrowserWindow,
} from 'electron'
import { joinedCount } from '../../core/joining/progress.ts'
import type { OnboardingState } from '../../core/onboarding/state.ts'
import type { JoinedCommunity } from '../../core/joined/joined-community.ts'
import { newsLine, shellWord } from '../i18n/words.ts'

/** What the shell asks of the pass. */
export interface BackgroundPorts {
  /** Ends what must not stay behind when Foyer closes; it answers within seconds. */
  takeLeave(): Promise<void>
  /** Whether Foyer is to stay in the tray and look after communities. */
  staysInTray(): boolean
  /** Shows where news stand, if nothing else is going on. */
  goToNews(): void
}

/**
 * Lets joining go on without a window: closing hides it while rooms are being joined, a tray icon brings it back, one
 * notification tells the end, and quitting asks first. The same for looking after communities, where the newcomer wants
 * that. Where the desktop has no tray, opening Foyer again brings the window back.
 */
export class Background {
  readonly #window: BrowserWindow
  #state: OnboardingState
  #tray: Tray | null = null
  #blocker: number | null = null
  #mayQuit = false
  readonly #ports: BackgroundPorts

  constructor(window: BrowserWindow, state: OnboardingState, ports: BackgroundPorts) {
    this.#window = window
    this.#state = state
    this.#ports = ports
    window.on('close', (event) => {
      if (this.#mayQuit) return
      event.preventDefault()
      if (isJoining(this.#state)) return this.#hide()
      if (this.#ports.staysInTray()) {
        this.#hide()
        void this.#ports.takeLeave()
        return
      }
      window.hide()
      void this.#quit()
    })
    app.on('before-quit', (event) => {
      if (this.#mayQuit) return
      event.preventDefault()
      if (isJoining(this.#state)) void this.#askToQuit()
      else void this.#quit()
    })
  }

  /** Follows the pass. */
  onState(state: OnboardingState): void {
    const before = this.#state
    this.#state = state
    this.#keepAwake(isJoining(state))
    if (isBack(before, state)) this.show()
    if (this.#window.isDestroyed() || this.#window.isVisible()) return
    if (before.step === 'joining' && state.step === 'done') this.#tellArrival(state)
    if (isLeaving(before) && !isLeaving(state) && state.step === 'joining') {
      this.#notify(shellWord('left.title'), shellWord('left.text', { community: state.community.name }))
    } else if (
      before.step === 'joining' &&
      state.step === 'joining' &&
      isJoining(before) &&
      state.progress.phase === 'stopped'
    ) {
      this.#notify(shellWord('stopped.title'), shellWord('stopped.text', { community: state.community.name }))
    }
  }

  /** Tells of news once, where the window doesn't show them. */
  tellNews(news: readonly JoinedCommunity[]): void {
    const [first, ...others] = news
    if (first === undefined || this.#window.isDestroyed() || this.#window.isVisible()) return
    const names = news.map(({ community }) => community.name)
    const title =
      others.length === 0
        ? shellWord('news.title', { community: first.community.name })
        : shellWord('news.titleMany', { count: news.length })
    const text = others.length === 0 ? newsLine(first.changes) : new Intl.ListFormat('en').format(names)
    this.#notify(title, text, () => this.#ports.goToNews())
  }

  /** Brings the window to the front. */
  show(): void {
    if (this.#window.isDestroyed()) return
    if (this.#window.isMinimized()) this.#window.restore()
    this.#window.show()
    this.#window.focus()
    this.#tray?.destroy()
    this.#tray = null
  }

  #hide(): void {
    this.#window.hide()
    this.#tray ??= this.#newTray()
  }

  #newTray(): Tray {
    const icon = nativeImage
      .createFromPath(join(app.getAppPath(), 'assets/icons/foyer.png'))
      .resize({ height: 22 })
    const tray = new Tray(icon)
    tray.setToolTip(shellWord(isJoining(this.#state) ? 'tray.tooltip' : 'tray.watching'))
    tray.setContextMenu(
      Menu.buildFromTemplate([
        { label: shellWord('tray.open'), click: () => this.show() },
        { label: shellWord('tray.quit'), click: () => app.quit() },
      ]),
    )
    tray.on('click', () => this.show())
    return tray
  }

  async #askToQuit(): Promise<void> {
    const { response } = await dialog.showMessageBox({
      type: 'question',
      message: shellWord('quit.title'),
      detail: shellWord('quit.text'),
      buttons: [shellWord('quit.stay'), shellWord('quit.quit')],
      defaultId: 0,
      cancelId: 0,
    })
    if (response === 0) return
    this.#mayQuit = true
    app.quit()
  }

  async #quit(): Promise<void> {
    await this.#ports.takeLeave()
    this.#mayQuit = true
    app.quit()
  }

  #tellArrival(state: Extract<OnboardingState, { step: 'done' }>): void {
    const joined = joinedCount(state.progress.lines)
    this.#notify(
      shellWord('arrived.title', { community: state.community.name }),
      shellWord('arrived.text', { joined, count: joined }),
    )
  }

  #notify(title: string, body: string, onClick: () => void = () => undefined): void {
    const notification = new Notification({ title, body })
    notification.on('click', () => {
      onClick()
      this.show()
    })
    notification.show()
  }

  // A computer that falls asleep joins nothing; the screen may go dark all the same.
  #keepAwake(isOn: boolean): void {
    if (isOn && this.#blocker === null) this.#blocker = powerSaveBlocker.start('prevent-app-suspension')
    if (!isOn && this.#blocker !== null) {
      powerSaveBlocker.stop(this.#blocker)
      this.#blocker = null
    }
  }
}

// The browser lies over the window, and what it had to do is done.
function isBack(before: OnboardingState, state: OnboardingState): boolean {
  if (before.step !== 'browser' || state.step !== 'browser' || state.way === 'code') return false
  return before.phase === 'waiting' && state.phase === 'finishing'
}

/** Rooms are being joined, or left again: that goes on without a window. */
function isJoining(state: OnboardingState): boolean {
  if (state.step !== 'joining') return false
  return isLeaving(state) || state.progress.phase === 'running' || state.progress.phase === 'offline'
}

function isLeaving(state: OnboardingState): boolean {
  return state.step === 'joining' && state.progress.leaving?.phase === 'running'
}
