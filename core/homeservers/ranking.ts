import type { HomeserverCard, SignUpKind } from '../onboarding/state.ts'

/** How many homeservers are suggested at a time. */
export const MOST_CARDS = 3

// What each kind of sign-up asks of a newcomer. A code has to be got from somebody first.
const EFFORT: Readonly<Record<SignUpKind, number>> = {
  open: 0,
  browser: 1,
  sso: 4,
  email: 1,
  captcha: 1,
  unknown: 2,
  token: 3,
  closed: 5,
}

/** True where a new account can be made, as far as the server has said. */
export function isUsable(card: Pick<HomeserverCard, 'probe' | 'signUp'>): boolean {
  return card.probe === 'answered' && card.signUp !== 'closed' && card.signUp !== 'sso'
}

/**
 * The cards, best for the community first: those where an account can be made by the time that joining takes, what
 * feels equally long by the effort of signing up, and otherwise as they came; then those still asked, those that are
 * closed, those that don't answer.
 */
export function ranked(cards: readonly HomeserverCard[]): HomeserverCard[] {
  return cards.toSorted(
    (one, other) =>
      standing(one) - standing(other) || felt(one) - felt(other) || EFFORT[one.signUp] - EFFORT[other.signUp],
  )
}

/**
 * The cards to show of all there are. The places of those shown already (`shown`, by name) change as little as can be:
 * only one that doesn't answer gives way, and only to one that does or may. `keep` never does.
 */
export function shownCards(
  all: readonly HomeserverCard[],
  shown: readonly string[],
  keep: string | null,
  most: number = MOST_CARDS,
): HomeserverCard[] {
  const places: HomeserverCard[] = []
  const staying = shown.filter((name) => all.some((card) => card.name === name)).slice(0, most)
  const waiting = ranked(all.filter((card) => !staying.includes(card.name) && !isOutOfPlay(card)))
  for (const name of staying) {
    const card = all.find((each) => each.name === name)
    const isStaying = card !== undefined && (name === keep || !isOutOfPlay(card))
    const next = isStaying ? card : waiting.shift()
    if (next !== undefined) places.push(next)
  }
  places.push(...waiting.slice(0, Math.max(0, most - places.length)))
  // Nobody answers: better the names of those that usually do than an empty list.
  return places.length > 0 ? places : ranked(all).slice(0, most)
}

function isOutOfPlay(card: HomeserverCard): boolean {
  return card.probe === 'unreachable'
}

function standing(card: HomeserverCard): number {
  if (isUsable(card)) return 0
  if (card.probe === 'asking') return 1
  return card.probe === 'answered' ? 2 : 3
}

// 3 and 4 minutes feel the same, 4 and 38 don't. Unknown is somewhere in the middle.
function felt({ seconds }: HomeserverCard): number {
  const minutes = seconds === null ? 15 : seconds.high / 60
  return Math.round(Math.log2(minutes + 1))
}
