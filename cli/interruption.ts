import { constants } from 'node:os'

/** Signals that ask the run to end. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Npm, a shell and the terminal may each pass on one and the same Ctrl-C. */
const SAME_SIGNAL_MS = 400

/** The wish to stop. The first signal asks; a second one is not asked, and ends the process at once. */
export class Interruption {
  readonly #abort = new AbortController()
  readonly #end: (exit: number) => void
  readonly #now: () => number
  #exit = 128 + constants.signals.SIGINT
  #firstAt = 0

  constructor(end: (exit: number) => void, now: () => number = () => performance.now()) {
    this.#end = end
    this.#now = now
  }

  get signal(): AbortSignal {
    return this.#abort.signal
  }

  /** What the process ends with when it was interrupted. */
  get exit(): number {
    return this.#exit
  }

  /** Listens to the system's signals for the rest of the process's life. */
  listen(): void {
    for (const name of SIGNALS) process.on(name, () => this.ask(name))
  }

  /** Takes a signal in. */
  ask(name: (typeof SIGNALS)[number]): void {
    if (this.#abort.signal.aborted) {
      if (this.#now() - this.#firstAt > SAME_SIGNAL_MS) this.#end(this.#exit)
      return
    }
    this.#exit = 128 + constants.signals[name]
    this.#firstAt = this.#now()
    this.#abort.abort()
  }
}
