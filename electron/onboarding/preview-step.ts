import { parseRoomLink } from '../../core/addresses/room-address.ts'
import {
  communityFromAddress,
  communityFromManifest,
  type Community,
} from '../../core/communities/community.ts'
import type { Pass } from './pass.ts'
import { lookUpRoom, previewFlow } from './preview-flow.ts'

/** Shows a community for the first time. */
export function openCommunity(pass: Pass, community: Community): void {
  pass.dispatch({ type: 'communityOpened', community, at: pass.ports.clock.wall() })
}

/** Opens the bundled community of this ID; none is a bug of the screens and changes nothing. */
export function openBundled(pass: Pass, id: string): void {
  const manifest = pass.ports.manifests.find((each) => each.id === id)
  if (manifest !== undefined) openCommunity(pass, communityFromManifest(manifest))
}

/** Opens whatever a pasted link or address leads to, or says why it doesn't. */
export async function openLink(pass: Pass, text: string): Promise<void> {
  const { ports, stepSignal: signal } = pass
  const link = parseRoomLink(text)
  if (!link.ok) {
    const reason = link.reason === 'person' ? 'person' : 'badLink'
    pass.dispatch({ type: 'linkLookedUp', link: { kind: 'failed', reason } })
    return
  }
  const known = ports.manifests.find((each) => each.space?.address === link.value.address)
  if (known !== undefined) return openCommunity(pass, communityFromManifest(known))
  const facts = await lookUpRoom(ports, link.value, ['matrix.org'], new Map(), signal)
  if (signal.aborted) return
  if (facts.sight === 'seen') openCommunity(pass, communityFromAddress(link.value, facts))
  else if (facts.sight !== 'asking') {
    pass.dispatch({ type: 'linkLookedUp', link: { kind: 'failed', reason: facts.sight } })
  }
}

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
