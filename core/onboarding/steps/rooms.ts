import { withSpaceChildren } from '../../communities/community.ts'
import { withSpaceManifest } from '../../communities/space-manifest.ts'
import { chosenBy, hasHiddenRooms } from '../choice.ts'
import { toPreview, toWelcome } from '../moves.ts'
import type { OnboardingEvent } from '../flow-events.ts'
import type { OnboardingState, RoomsState } from '../state.ts'

/** What an event makes of choosing rooms. */
export function fromRooms(state: RoomsState, event: OnboardingEvent): OnboardingState {
  switch (event.type) {
    case 'spaceOpened': {
      const community = withSpaceChildren(state.community, event.children)
      return withChoice({ ...state, community }, state.preset)
    }
    case 'manifestFound': {
      const community = withSpaceManifest(state.community, event.described)
      return withChoice({ ...state, community }, state.preset)
    }
    case 'roomsLoaded':
      return { ...state, roomsHere: event.roomsHere, isLoading: false }
    case 'setPreset':
      return withChoice(state, event.preset)
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
      return toPreview(state, state.account)
    case 'addAnother':
      return toWelcome(state, state.account)
    default:
      return state
  }
}

/** The rooms that a preset chooses, as the community is known now. */
export function withChoice(state: RoomsState, preset: RoomsState['preset']): RoomsState {
  return {
    ...state,
    preset,
    chosen: chosenBy(preset, state.community, state.chosen),
    includesHidden: preset === 'all' && hasHiddenRooms(state.community),
  }
}
