import type { Community } from '../../core/communities/community.ts'
import type { JoinState } from '../../core/joining/join-state.ts'
import { paceAfterRestart } from '../../core/joining/journal.ts'
import { leavingAfterRestart } from '../../core/joining/leaving.ts'
import { freshPace } from '../../core/joining/pace.ts'
import { planJoins, planMore } from '../../core/joining/plan.ts'
import { afterRestart, unconfirmed } from '../../core/joining/queue.ts'
import { freshTraces, type Traces } from '../../core/joining/traces.ts'
import { wishOf } from '../../core/joined/wish.ts'
import { awaitedBy, isQuietStart } from '../../core/onboarding/choice.ts'
import type { JoinProgress, RoomsState } from '../../core/onboarding/state.ts'
import type { Journal } from '../storage/pass-record.ts'
import type { OnboardingPorts } from './ports.ts'

/** What joining begins with: the queue, the pace, and what was done beside them so far. */
export interface JoinBeginning {
  readonly state: JoinState
  readonly traces: Traces
}

/** For what was chosen on the rooms screen. What is known of the rooms' place spares look-ups later. */
export function planned(state: RoomsState): JoinBeginning {
  const { community, chosen, roomsHere, preset, knockReason } = state
  const queue = planMore(planJoins(community, chosen, roomsHere), awaitedBy(preset, community))
  return {
    state: { queue, pace: freshPace },
    traces: freshTraces(isQuietStart(state), knockReason.trim(), wishOf(state)),
  }
}

/** For an earlier run of the app, where its journal stands. */
export function resumed(journal: Journal, { clock }: OnboardingPorts): JoinBeginning {
  const { queue, entered, quiet, knockReason, wish } = journal
  const leaving = journal.leaving === null ? null : leavingAfterRestart(journal.leaving)
  return {
    state: { queue: afterRestart(queue), pace: paceAfterRestart(journal, clock.monotonic(), clock.wall()) },
    traces: { entered, quiet, knockReason, wish, leaving },
  }
}

/**
 * For the rooms of a pass whose journal is lost: which of them the account is in is asked of the homeserver, and what the
 * screens told of the others stays, so that nobody is asked twice to let the newcomer in.
 */
export function replanned(community: Community, { lines, quiet }: JoinProgress): JoinBeginning {
  const told = new Map(lines.map((line) => [line.key, line]))
  const entries = planJoins(community, [...told.keys()]).entries.map((entry) => {
    const line = told.get(entry.key)
    return line?.status === 'asked' || line?.status === 'notJoined'
      ? { ...entry, status: line.status, reason: line.reason }
      : { ...entry, wasAsked: true }
  })
  const queue = unconfirmed({ entries })
  return { state: { queue, pace: freshPace }, traces: freshTraces(quiet.isOn) }
}
