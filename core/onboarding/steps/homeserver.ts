import { toCreateAccount, toPreview, toSignIn } from '../moves.ts'
import type { OnboardingEvent } from '../flow-events.ts'
import type { HomeserverState, OnboardingState } from '../state.ts'

/** What an event makes of choosing a homeserver. */
export function fromHomeserver(state: HomeserverState, event: OnboardingEvent): OnboardingState {
  switch (event.type) {
    case 'homeserversListed':
      return { ...state, cards: event.cards, chosen: state.chosen ?? event.cards[0]?.name ?? null }
    case 'homeserverChanged': {
      if (!state.cards.some((card) => card.name === event.name)) return state
      const cards = state.cards.map((card) =>
        card.name === event.name ? { ...card, ...event.change } : card,
      )
      return { ...state, cards }
    }
    case 'chooseHomeserver':
      return state.cards.some((card) => card.name === event.name) ? { ...state, chosen: event.name } : state
    case 'showAnother':
      return { ...state, another: { kind: event.isOpen ? 'open' : 'closed' } }
    case 'findAnother':
      return { ...state, another: { kind: 'looking', serverName: event.text.trim() } }
    case 'anotherFound': {
      const others = state.cards.filter((card) => card.name !== event.card.name)
      return {
        ...state,
        cards: [...others, event.card],
        chosen: event.card.name,
        another: { kind: 'closed' },
      }
    }
    case 'anotherFailed':
      return { ...state, another: { kind: 'failed', serverName: event.serverName, reason: event.reason } }
    case 'signUpOpened':
      return toCreateAccount(state, event.homeserver, event.policies)
    case 'goToSignIn':
      return toSignIn(state, state.cards, state.cards.find((card) => card.name === state.chosen) ?? null)
    case 'back':
      return toPreview(state, null)
    default:
      return state
  }
}
