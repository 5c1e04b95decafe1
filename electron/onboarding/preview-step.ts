import type { Community } from '../../core/communities/community.ts'
import { askAgain } from './ask-again.ts'
import type { Pass } from './pass.ts'
import { previewFlow } from './preview-flow.ts'

/** Looks around a community. It goes on behind the next steps, until another community is looked at. */
export class Preview {
  readonly #pass: Pass
  #end = new AbortController()
  #looking: Promise<unknown> = Promise.resolve()

  constructor(pass: Pass) {
    this.#pass = pass
  }

  /**
   * Asks about every room, and again after a while if nobody at all answers; what is under way for an earlier community
   * ends.
   */
  look(community: Community): void {
    this.stop()
    this.#end = new AbortController()
    const { signal } = this.#end
    const looking = this.askAround(community, signal)
    this.#looking = looking
    this.#pass.run(this.#untilAnswered(community, looking, signal))
  }

  stop(): void {
    this.#end.abort()
  }

  /** Resolves when everything asked so far is answered. */
  async looked(): Promise<void> {
    await this.#looking.catch(() => undefined)
  }

  /** Asks about the rooms that nobody has shown yet. Resolves to false if nobody answered. */
  async askAround(community: Community, signal: AbortSignal): Promise<boolean> {
    const { ports } = this.#pass
    const isOnline = await previewFlow(ports, community, signal, (key, facts) =>
      this.#pass.dispatch({ type: 'factsArrived', key, facts }),
    )
    if (!signal.aborted) {
      this.#pass.dispatch({ type: 'previewEnded', phase: isOnline ? 'answered' : 'offline' })
    }
    return isOnline
  }

  async #untilAnswered(community: Community, looking: Promise<boolean>, signal: AbortSignal): Promise<void> {
    if (await looking) return
    await askAgain(this.#pass.ports.clock, signal, async () => {
      const isLookedAt = this.#pass.state.step === 'preview'
      return !isLookedAt || (await this.askAround(community, signal))
    })
  }
}
