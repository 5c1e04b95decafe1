import { pick, toAccount } from '../moves.ts'
import type { OnboardingEvent } from '../flow-events.ts'
import { isAboutPassword } from './create-account.ts'
import type { OnboardingState, StagesState, StageTask } from '../state.ts'

/** What an event makes of waiting for what is done outside of Foyer. */
export function fromStages(state: StagesState, event: OnboardingEvent): OnboardingState {
  switch (event.type) {
    case 'stagesChanged':
      return { ...state, tasks: event.tasks, problem: event.problem }
    case 'resendEmail':
    case 'submitCode':
      return withEmail(state, (task) => ({ ...task, isBusy: true, problem: null }))
    case 'openStage': {
      const tasks = state.tasks.map((task) =>
        task.kind !== 'email' && task.stage === event.stage ? { ...task, isOpened: true } : task,
      )
      return { ...state, tasks }
    }
    case 'accountRefused': {
      const { problem, fulfilled = [] } = event
      const hasPassword = state.form.hasPassword && !isAboutPassword(problem)
      const form = { ...state.form, ...pick(state), fulfilled, hasPassword }
      return { ...form, username: { kind: 'none' }, isBusy: false, problem }
    }
    case 'signedIn':
      return toAccount(state, event.account, event.profile)
    case 'back':
      return { ...state.form, ...pick(state), fulfilled: fulfilledIn(state) }
    default:
      return state
  }
}

// What is done is done, also when the newcomer goes back to change the rest.
function fulfilledIn({ form, tasks }: StagesState): StagesState['form']['fulfilled'] {
  const done = tasks.filter((task) => task.isDone).map((task) => task.kind)
  return [...new Set([...form.fulfilled, ...done])]
}

function withEmail(
  state: StagesState,
  change: (task: Extract<StageTask, { kind: 'email' }>) => StageTask,
): StagesState {
  const open = state.tasks.find((task) => task.kind === 'email' && !task.isDone && !task.isBusy)
  if (open === undefined) return state
  return { ...state, tasks: state.tasks.map((task) => (task.kind === 'email' ? change(task) : task)) }
}
