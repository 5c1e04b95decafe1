import type { Community } from '../../core/communities/community.ts'
import type { Candidate } from '../../core/homeservers/candidates.ts'
import { isUsable, MOST_CARDS, ranked, shownCards } from '../../core/homeservers/ranking.ts'
import type { HomeserverCard, OnboardingState } from '../../core/onboarding/state.ts'
import { askCandidate, blankCard, carefully, isWorthShowing } from './homeserver-flow.ts'
import type { Pass } from './pass.ts'

/** How long answers may take before the cards are put in order without the rest, in milliseconds. */
const PATIENCE = 4_000

/**
 * Asks candidates until enough of them answer. Three are shown at once by name; one that doesn't answer gives its place
 * to another. Only at the end are they put in order, once, and only if the newcomer hasn't chosen meanwhile.
 */
export class Suggestions {
  readonly #pass: Pass
  readonly #community: Community
  readonly #rest: Candidate[]
  readonly #signal: AbortSignal
  readonly #passedOver: readonly string[]
  readonly #asked = new Map<string, { readonly candidate: Candidate; readonly card: HomeserverCard }>()
  readonly #asking: Promise<void>[] = []
  /** Others are shown by now. */
  readonly #end = new AbortController()
  /** Whoever answers in good time has. */
  #isSettled = false
  #shown: readonly string[] = []

  /** `candidates`: the likeliest first. */
  constructor(pass: Pass, community: Community, candidates: readonly Candidate[]) {
    this.#pass = pass
    this.#community = community
    this.#rest = [...candidates]
    this.#signal = AbortSignal.any([pass.stepSignal, this.#end.signal])
    this.#passedOver = passedOverIn(pass.state)
  }

  /** Resolves when every answer is there, or the step has ended. */
  async ask(): Promise<void> {
    // What the community recommends and where its rooms live is asked at any rate; the public list fills up.
    const atOnce = Math.max(MOST_CARDS, this.#rest.filter((each) => each.origin !== 'list').length)
    for (const candidate of this.#rest.splice(0, atOnce)) this.#askOne(candidate)
    this.#shown = [...this.#asked.keys()].slice(0, MOST_CARDS)
    this.#tell(false)
    const answered = new AbortController()
    const all = this.#allAnswered().finally(() => answered.abort())
    await Promise.race([
      all,
      this.#pass.ports.clock.sleep(PATIENCE, AbortSignal.any([answered.signal, this.#signal])),
    ])
    this.#isSettled = true
    if (!this.#signal.aborted) this.#tell(true)
    await all
    if (!this.#signal.aborted) this.#tell(false)
  }

  async #allAnswered(): Promise<void> {
    // Grows while it is waited for, as further candidates are asked.
    for (const asking of this.#asking) await asking
  }

  #askOne(candidate: Candidate): void {
    const { name, about } = candidate
    this.#asked.set(name, { candidate, card: blankCard(name, about) })
    const asking = askCandidate(
      carefully(this.#pass.ports),
      candidate,
      this.#community,
      this.#signal,
      (change) => {
        if (!this.#signal.aborted) this.#onChange(name, change)
      },
    )
    // They are awaited one after the other; a failure of a later one must not count as unheard until then.
    asking.catch(() => undefined)
    this.#asking.push(asking)
  }

  #onChange(name: string, change: Partial<HomeserverCard>): void {
    const known = this.#asked.get(name)
    if (known === undefined) return
    this.#asked.set(name, { ...known, card: { ...known.card, ...change } })
    if (this.#shown.includes(name)) this.#pass.dispatch({ type: 'homeserverChanged', name, change })
    if (change.probe === undefined) return
    // Counts those still asked as well: nobody is asked for nothing.
    const hopeful = [...this.#asked.values()].filter(({ card }) => isUsable(card) || card.probe === 'asking')
    const next = hopeful.length < MOST_CARDS ? this.#rest.shift() : undefined
    if (next !== undefined) this.#askOne(next)
    this.#tell(false)
  }

  #tell(isInOrder: boolean): void {
    const { state } = this.#pass
    if (state.step !== 'homeserver') return
    if (passedOverIn(state).join() !== this.#passedOver.join()) return this.#end.abort()
    const keep = state.isOwnChoice ? state.chosen : null
    const all = [...this.#asked.values()]
      .filter(({ candidate, card }) => card.name === keep || isWorthShowing(candidate.origin, card))
      .map(({ card }) => card)
    // One that was typed is none of the suggestions, and stays.
    const typed = state.cards.filter((card) => !this.#asked.has(card.name))
    const mayMove = isInOrder && !state.isOwnChoice
    const order = mayMove ? ranked(all).map((card) => card.name) : this.#shown
    const cards = shownCards(all, order, keep, MOST_CARDS - typed.length)
    this.#shown = cards.map((card) => card.name)
    const hasFurther = this.#isSettled && this.#rest.length > 0
    this.#pass.dispatch({ type: 'homeserversListed', cards: [...cards, ...typed], hasFurther })
  }
}

function passedOverIn(state: OnboardingState): readonly string[] {
  return state.step === 'homeserver' ? (state.round?.passedOver ?? []) : []
}
