import { withSpaceChildren, type Community } from '../../communities/community.ts'
import { withSpaceManifest } from '../../communities/space-manifest.ts'
import { freshChoice } from '../../joined/fresh.ts'
import { saidAgain } from '../../joined/wish.ts'
import { chosenAfter, chosenBy, firstPreset, hasHiddenRooms, isPresetOf } from '../choice.ts'
import { toPreview, toWelcome } from '../moves.ts'
import { agreementTo, hasQuestions, saidOf, withAnswer } from '../said.ts'
import type { OnboardingEvent } from '../flow-events.ts'
import type { OnboardingState, RoomsState } from '../state.ts'

/** What an event makes of choosing rooms. */
export function fromRooms(state: RoomsState, event: OnboardingEvent): OnboardingState {
  switch (event.type) {
    case 'spaceOpened': {
      const community = withSpaceChildren(state.community, event.children)
      const { errand } = state
      const more =
        errand?.kind === 'news' ? freshChoice(community, errand, saidOf(state), state.community) : []
      return withChoice({ ...state, community, chosen: [...state.chosen, ...more] }, state.preset)
    }
    case 'manifestFound':
      return withManifest(state, withSpaceManifest(state.community, event.described))
    case 'roomsLoaded':
      return { ...state, roomsHere: event.roomsHere, isLoading: false }
    case 'setPreset':
      return isPresetOf(state.community, event.preset) ? withChoice(state, event.preset) : state
    case 'answerQuestion': {
      if (state.community.questions[event.question] === undefined) return state
      const said = withAnswer(saidOf(state), state.community, event.question, event.answers)
      return { ...state, said, chosen: chosenAfter(state, said.answers) }
    }
    case 'showRooms':
      return { ...state, isAsking: false }
    case 'agreeToRules': {
      const { rules } = state.community
      return rules === null
        ? state
        : { ...state, said: { ...saidOf(state), agreedTo: event.isOn ? agreementTo(rules) : null } }
    }
    case 'toggleRooms': {
      const toggled = new Set(event.keys)
      const chosen = new Set(state.chosen)
      const isWanted = (key: string): boolean => (toggled.has(key) ? event.isOn : chosen.has(key))
      const inOrder = state.community.rooms.map((room) => room.key).filter(isWanted)
      return {
        ...state,
        preset: 'own',
        chosen: chosenBy('own', state.community, inOrder),
        includesHidden: false,
      }
    }
    case 'setQuiet':
      return { ...state, isQuiet: event.isOn }
    case 'setKnockReason':
      return { ...state, knockReason: event.text }
    case 'keepAsked':
      return { ...state, asksToKeep: event.isAsked }
    case 'keepSignIn':
      return { ...state, asksToKeep: false }
    case 'back':
      return !state.isAsking && hasQuestions(state.community) && state.errand === undefined
        ? { ...state, isAsking: true }
        : toPreview(state, state.account)
    case 'addAnother':
      return toWelcome(state, state.account)
    default:
      return state
  }
}

// What a space says of itself comes late. Until the newcomer has chosen something it begins as it wishes to.
function withManifest(state: RoomsState, community: Community): RoomsState {
  const isUntouched = state.preset === firstPreset(state)
  const said = saidAgain(saidOf(state), state.community, community)
  const found = { ...state, community, said }
  const preset = isUntouched ? firstPreset(found) : state.preset
  return withChoice({ ...found, isAsking: isUntouched && hasQuestions(community) }, preset)
}

/** The rooms that a preset chooses, as the community is known now. */
export function withChoice(state: RoomsState, preset: RoomsState['preset']): RoomsState {
  return {
    ...state,
    preset,
    chosen: chosenBy(preset, state.community, state.chosen, saidOf(state).answers),
    includesHidden: preset === 'all' && hasHiddenRooms(state.community),
  }
}
