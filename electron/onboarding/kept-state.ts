import { firstState, toWelcome } from '../../core/onboarding/moves.ts'
import type {
  CreateAccountState,
  HomeserverState,
  OnboardingState,
  RoomsState,
  StageTask,
} from '../../core/onboarding/state.ts'

/** A kept state without what died with the process: requests under way and questions on screen. */
export function rested(state: OnboardingState): OnboardingState {
  switch (state.step) {
    case 'preview':
      return { ...state, phase: 'asking' }
    case 'homeserver':
      return { ...state, another: { kind: 'closed' } }
    case 'createAccount':
      return restedForm(state)
    case 'stages':
      return { ...state, form: restedForm(state.form), tasks: state.tasks.map(restedTask), problem: null }
    case 'profile':
      return { ...state, isBusy: false, problem: null }
    case 'signIn':
      return { ...state, lookup: 'idle', isBusy: false, problem: null }
    case 'browser':
      // What would come back belongs to a question that nobody remembers; the browser isn't opened unasked.
      return { ...written(state), phase: 'stopped', expiresAt: null, problem: { kind: 'interrupted' } }
    case 'rooms':
      return { ...state, isLoading: true, asksToKeep: false }
    case 'done':
      return state.signOut === 'done'
        ? { ...state, asks: null }
        : { ...state, asks: null, signOut: state.signOut === 'asking' ? 'asking' : 'working' }
    case 'welcome':
      return { ...firstState, experience: state.experience, account: state.account }
    case 'adding':
    case 'joining':
      return state
  }
}

/** Whether the pass must be written again. The journal holds what changes with each room; the pass holds the rest. */
export function isWorthWriting(before: OnboardingState, state: OnboardingState): boolean {
  if (state.step === 'welcome' || before.step === 'welcome') return false
  if (state.step === 'adding') return false
  if (state.step === 'joining') return state.community !== (before as typeof state).community
  if (state.step === 'rooms' && before.step === 'rooms') return !isChosenAlike(before, state)
  // What homeservers answer is asked again after a restart; what the newcomer chose isn't.
  if (state.step === 'homeserver' && before.step === 'homeserver')
    return before.chosen !== state.chosen || before.own !== state.own || namesOf(before) !== namesOf(state)
  if (state.step === 'createAccount') return state.draft !== (before as typeof state).draft
  return !['preview', 'signIn', 'browser'].includes(state.step)
}

// Neither invite code nor password is kept.
function restedForm(form: CreateAccountState): CreateAccountState {
  return {
    ...form,
    username: { kind: 'none' },
    tokenCheck: 'none',
    hasPassword: false,
    isBusy: false,
    problem: null,
  }
}

function restedTask(task: StageTask): StageTask {
  return task.kind === 'email' ? { ...task, isBusy: false, problem: null } : task
}

/** The state as it may be written down: a maintainer's page is handed in anew after a restart. */
export function keptOf(state: OnboardingState): OnboardingState {
  return state.step === 'adding' ? toWelcome(state, state.account) : written(state)
}

/* A code that opens an account stays on the screen. */
function written<State extends OnboardingState>(state: State): State {
  return state.step === 'browser' ? { ...state, code: null } : state
}

// What servers tell of rooms is asked for again at the next start, and thousands of rooms take a while to write.
function isChosenAlike(before: RoomsState, state: RoomsState): boolean {
  return (
    before.preset === state.preset &&
    before.includesHidden === state.includesHidden &&
    before.isAsking === state.isAsking &&
    before.said === state.said &&
    before.community.rooms.length === state.community.rooms.length &&
    before.chosen.length === state.chosen.length &&
    before.chosen.every((key, place) => key === state.chosen[place])
  )
}

function namesOf({ cards }: HomeserverState): string {
  return cards.map((card) => card.name).join(' ')
}
