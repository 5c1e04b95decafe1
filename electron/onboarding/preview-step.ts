import type { Community } from '../../core/communities/community.ts'
import type { Pass } from './pass.ts'
import { previewFlow } from './preview-flow.ts'

/** Looks around a community. It goes on behind the next steps, until another community is looked at. */
export class Preview {
  readonly #pass: Pass
  #end = new AbortController()
  #looking: Promise<void> = Promise.resolve()

  constructor(pass: Pass) {
    this.#pass = pass
  }

  /** Asks about every room; what is under way for an earlier community ends. */
  look(community: Community): void {
    this.stop()
    this.#end = new AbortController()
    this.#looking = this.askAround(community, this.#end.signal)
    this.#pass.run(this.#looking)
  }

  stop(): void {
    this.#end.abort()
  }

  /** Resolves when everything asked so far is answered. */
  async looked(): Promise<void> {
    await this.#looking.catch(() => undefined)
  }

  /** Asks about the rooms that nobody has shown yet. */
  async askAround(community: Community, signal: AbortSignal): Promise<void> {
    const { ports } = this.#pass
    const isOnline = await previewFlow(ports, community, signal, (key, facts) =>
      this.#pass.dispatch({ type: 'factsArrived', key, facts }),
    )
    if (!signal.aborted) {
      this.#pass.dispatch({ type: 'previewEnded', phase: isOnline ? 'answered' : 'offline' })
    }
  }
}
