import { withFacts } from '../communities/community.ts'
import { assertNever } from '../result.ts'
import type { OnboardingEvent } from './flow-events.ts'
import { toSignIn } from './moves.ts'
import type { OnboardingState } from './state.ts'
import { fromAdding } from './steps/adding.ts'
import { fromBrowser } from './steps/browser.ts'
import { fromCreateAccount } from './steps/create-account.ts'
import { fromDone } from './steps/done.ts'
import { fromHomeserver } from './steps/homeserver.ts'
import { fromJoining } from './steps/joining.ts'
import { fromPreview } from './steps/preview.ts'
import { fromProfile } from './steps/profile.ts'
import { fromRooms, withChoice } from './steps/rooms.ts'
import { fromSignIn } from './steps/sign-in.ts'
import { fromStages } from './steps/stages.ts'
import { fromWelcome } from './steps/welcome.ts'

/**
 * The state after an event. Pure; an event that doesn't fit the state changes nothing and gives back the very same
 * object, which is how callers tell.
 */
export function next(state: OnboardingState, event: OnboardingEvent): OnboardingState {
  if (event.type === 'joiningOpened') {
    const { type: _, ...opened } = event
    return { step: 'joining', experience: state.experience, ...opened }
  }
  if (event.type === 'signInNeeded') {
    const { community, homeserver, userId, said } = event
    const bare = {
      step: 'preview',
      community,
      experience: state.experience,
      account: null,
      phase: 'answered',
      askedAt: 0,
      ...(said === undefined ? {} : { said }),
    } as const
    return { ...toSignIn(bare, [], homeserver), knownId: userId, lookup: 'found' }
  }
  // Answers about rooms may come when the newcomer has long gone on.
  if (event.type === 'factsArrived') {
    if (state.step === 'welcome' || state.step === 'adding') return state
    if (state.step === 'joining' || state.step === 'done') return state
    const community = withFacts(state.community, event.key, event.facts)
    if (community === state.community) return state
    // A room that turns out missing or closed can't stay chosen.
    return state.step === 'rooms'
      ? withChoice({ ...state, community }, state.preset)
      : { ...state, community }
  }
  switch (state.step) {
    case 'welcome':
      return fromWelcome(state, event)
    case 'adding':
      return fromAdding(state, event)
    case 'preview':
      return fromPreview(state, event)
    case 'homeserver':
      return fromHomeserver(state, event)
    case 'createAccount':
      return fromCreateAccount(state, event)
    case 'stages':
      return fromStages(state, event)
    case 'profile':
      return fromProfile(state, event)
    case 'signIn':
      return fromSignIn(state, event)
    case 'browser':
      return fromBrowser(state, event)
    case 'rooms':
      return fromRooms(state, event)
    case 'joining':
      return fromJoining(state, event)
    case 'done':
      return fromDone(state, event)
    default:
      return assertNever(state)
  }
}
