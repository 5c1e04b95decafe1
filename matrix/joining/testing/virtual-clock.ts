interface Sleeper {
  readonly at: number
  readonly wake: () => void
}

/** Time that passes only when everybody waits: hours of joining take milliseconds, and always the same way. */
export class VirtualClock {
  #now = 0
  #sleepers: Sleeper[] = []

  readonly now = (): number => this.#now

  /** Resolves when the clock has been moved `ms` on, or at once when aborted. */
  readonly sleep = (ms: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve()
      // Whole milliseconds, as timers have: else a sleep may round to nothing, and time would stand still.
      const sleeper = { at: this.#now + Math.ceil(ms), wake: resolve }
      this.#sleepers.push(sleeper)
      signal?.addEventListener('abort', () => {
        this.#sleepers = this.#sleepers.filter((each) => each !== sleeper)
        resolve()
      })
    })

  /** Moves on from sleeper to sleeper until `work` is done. Throws when it waits for nothing, or beyond `limit`. */
  async runUntil<Value>(work: Promise<Value>, limit = 86_400_000): Promise<Value> {
    let isDone = false
    const settled = work.finally(() => {
      isDone = true
    })
    // The rejection is seen by whoever awaits `settled` below.
    settled.catch(() => undefined)
    for (;;) {
      // Lets everything happen that needs no time; promises chain deeper than one turn.
      await new Promise((resolve) => setImmediate(resolve))
      if (isDone) return settled
      const next = this.#sleepers.toSorted((one, other) => one.at - other.at)[0]
      if (next === undefined) throw new Error('Everything waits, but nothing will happen')
      if (next.at > limit) throw new Error(`Still not done after ${limit} ms`)
      this.#now = Math.max(this.#now, next.at)
      this.#sleepers = this.#sleepers.filter((each) => each !== next)
      next.wake()
    }
  }
}
