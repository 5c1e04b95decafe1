import { setTimeout as sleep } from 'node:timers/promises'
import type { Fetch } from '../http/fetch.ts'

/** Longest that a homeserver's wish to be asked more slowly is waited for, each time. */
const MOST_WAIT_MS = 20_000
/** How often the same thing is asked again after such a wish. */
const MOST_TRIES = 3

/** What was asked, or `limited` where the homeserver still wanted to be left alone in the end. */
export type Polite<Value> = { readonly value: Value | null; readonly isLimited: boolean }

/**
 * Heeds rate limits for many small questions: remembers until when each host wants to be left alone, waits that long
 * before the next one, and asks again what was refused for it.
 */
export class Politeness {
  /** Goes out as the one that was handed in, and reads each answer's limits. */
  readonly fetch: Fetch
  readonly #wait: (ms: number, signal: AbortSignal) => Promise<void>
  readonly #now: () => number
  readonly #quietUntil = new Map<string, number>()
  readonly #refusals = new Map<string, number>()

  constructor(
    fetch: Fetch,
    now: () => number = Date.now,
    wait: (ms: number, signal: AbortSignal) => Promise<void> = (ms, signal) =>
      sleep(ms, undefined, { signal }),
  ) {
    this.#now = now
    this.#wait = wait
    this.fetch = async (input, init) => {
      const answer = await fetch(input, init)
      if (answer.status === 429)
        this.#refused(new URL(input instanceof Request ? input.url : input).host, answer)
      return answer
    }
  }

  /** Asks one host something, at a time it is ready to answer. Rejects only when aborted. */
  async ask<Value>(
    baseUrl: string,
    signal: AbortSignal,
    question: () => Promise<Value | null>,
  ): Promise<Polite<Value>> {
    const { host } = new URL(baseUrl)
    for (let tries = 1; ; tries += 1) {
      const pause = (this.#quietUntil.get(host) ?? 0) - this.#now()
      if (pause > 0) await this.#wait(Math.min(pause, MOST_WAIT_MS), signal)
      const before = this.#refusals.get(host) ?? 0
      const value = await question()
      const isLimited = value === null && (this.#refusals.get(host) ?? 0) > before
      if (!isLimited || tries === MOST_TRIES) return { value, isLimited }
    }
  }

  #refused(host: string, answer: Response): void {
    const seconds = Number(answer.headers.get('retry-after') ?? '')
    const wait = Number.isFinite(seconds) && seconds > 0 ? seconds * 1_000 : 2_000
    this.#quietUntil.set(host, this.#now() + wait)
    this.#refusals.set(host, (this.#refusals.get(host) ?? 0) + 1)
  }
}
