import { isUsable, MOST_CARDS } from '../../homeservers/ranking.ts'
import { toBrowser, toCreateAccount, toOwnSignIn, toPreview, toSignIn } from '../moves.ts'
import type { OnboardingEvent } from '../flow-events.ts'
import type { HomeserverState, OnboardingState, SuggestionRound } from '../state.ts'

/** What an event makes of choosing a homeserver. */
export function fromHomeserver(state: HomeserverState, event: OnboardingEvent): OnboardingState {
  switch (event.type) {
    case 'homeserversListed':
      return {
        ...state,
        cards: event.cards,
        chosen: chosenOf(state, event.cards),
        round: roundOf(state, event.hasFurther === true),
      }
    case 'homeserverChanged': {
      if (!state.cards.some((card) => card.name === event.name)) return state
      const cards = state.cards.map((card) =>
        card.name === event.name ? { ...card, ...event.change } : card,
      )
      return { ...state, cards }
    }
    case 'chooseHomeserver':
      return state.cards.some((card) => card.name === event.name)
        ? { ...state, chosen: event.name, isOwnChoice: true }
        : state
    case 'showOthers': {
      const { passedOver = [], others = 'none' } = state.round ?? {}
      if (others === 'none') return state
      const names = others === 'first' ? [] : [...passedOver, ...state.cards.map((card) => card.name)]
      const round = { passedOver: names, others: 'none' } as const
      return { ...state, round, cards: [], chosen: null, isOwnChoice: false, another: { kind: 'closed' } }
    }
    case 'showAnother':
      return { ...state, another: { kind: event.isOpen ? 'open' : 'closed' } }
    case 'findAnother':
      return { ...state, another: { kind: 'looking', serverName: event.text.trim() } }
    case 'chooseInstitution':
      return { ...state, another: { kind: 'looking', serverName: event.server } }
    case 'anotherFound': {
      const { card, own, acceptsPassword } = event
      const others = state.cards.filter((each) => each.name !== card.name).slice(0, MOST_CARDS - 1)
      const found: HomeserverState = {
        ...state,
        cards: [...others, card],
        chosen: card.name,
        isOwnChoice: true,
        own: own ?? state.own,
        another: { kind: 'closed' },
      }
      return own === null ? found : toOwnSignIn(found, card, own, acceptsPassword)
    }
    case 'anotherFailed': {
      const { serverName, reason, suggestion } = event
      return { ...state, another: { kind: 'failed', serverName, reason, suggestion } }
    }
    case 'signUpOpened': {
      const { homeserver, policies, acceptsPassword } = event
      // Somebody who said that they have an account there would make a second one by accident.
      if (state.own?.server === homeserver.name) {
        return toOwnSignIn(state, homeserver, state.own, acceptsPassword)
      }
      return homeserver.signUp === 'browser'
        ? toBrowser(state, homeserver, 'create')
        : toCreateAccount(state, homeserver, policies)
    }
    case 'goToSignIn':
      return toSignIn(
        state,
        state.cards,
        state.cards.find((card) => card.name === state.chosen) ?? null,
        event.id,
      )
    case 'back':
      return toPreview(state, null)
    default:
      return state
  }
}

function roundOf({ round }: HomeserverState, hasFurther: boolean): SuggestionRound {
  const passedOver = round?.passedOver ?? []
  if (hasFurther) return { passedOver, others: 'further' }
  return { passedOver, others: passedOver.length > 0 ? 'first' : 'none' }
}

// Until the newcomer chooses, the first one where an account can be made, or may be, is chosen for them: one that is
// merely quicker to answer must not be.
function chosenOf(state: HomeserverState, cards: HomeserverState['cards']): string | null {
  if (state.isOwnChoice && cards.some((card) => card.name === state.chosen)) return state.chosen
  const hopeful = cards.find((card) => isUsable(card) || card.probe === 'asking')
  return (hopeful ?? cards[0])?.name ?? null
}
