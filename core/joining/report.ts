import type { Community } from '../communities/community.ts'
import type { Account } from '../onboarding/state.ts'
import { progressOf } from './progress.ts'
import type { JoinState } from './join-state.ts'

/** What became of one room, for people who help newcomers. Holds no secrets. */
export interface ReportLine {
  readonly room: string
  readonly address: string
  readonly roomId: string | null
  readonly status: string
  readonly reason: string | null
  readonly answer: string | null
  readonly tries: number
  readonly via: readonly string[]
  readonly settledAt: string | null
}

/** A pass in writing. */
export interface Report {
  readonly foyer: string
  readonly madeAt: string
  readonly community: string
  readonly account: string
  readonly homeserver: string
  readonly joined: number
  readonly asked: number
  readonly rooms: readonly ReportLine[]
}

/** Puts a pass into writing. `asked` counts the rooms that were asked for, not the newcomer's knocks. */
export function reportOf(
  version: string,
  madeAt: string,
  community: Community,
  account: Account,
  state: JoinState,
): Report {
  const pulse = { phase: 'finished', stopReason: null, nextAt: null, nextKey: null } as const
  const names = new Map(progressOf(community, state, pulse, 0, 0).lines.map((line) => [line.key, line.name]))
  const rooms = state.queue.entries.map((entry) => ({
    room: names.get(entry.key) ?? (entry.kind === 'space' ? community.space?.name : null) ?? entry.address,
    // As the community gave it; where the room has moved the entry's own is the new one's.
    address: entry.key,
    roomId: entry.roomId,
    status: entry.status,
    reason: entry.reason,
    answer: entry.lastAnswer,
    tries: entry.tries,
    via: entry.lastVia,
    settledAt: entry.settledAt,
  }))
  return {
    foyer: version,
    madeAt,
    community: community.name,
    account: account.userId,
    homeserver: account.homeserver,
    joined: rooms.filter((room) => room.status === 'joined').length,
    asked: rooms.length,
    rooms,
  }
}

/** The report as plain text, one room a line, those that didn't work first. */
export function reportText(report: Report): string {
  const head = [
    `Foyer ${report.foyer}, ${report.madeAt}`,
    `${report.account} joins ${report.community}: ${report.joined} of ${report.asked} joined (the space counts as one)`,
    '',
  ]
  const lines = report.rooms
    .toSorted((one, other) => Number(one.status === 'joined') - Number(other.status === 'joined'))
    .map((room) =>
      [
        room.status + (room.reason === null ? '' : ` (${room.reason})`),
        room.room,
        room.address,
        room.roomId ?? '-',
        `${room.tries} tries`,
        `via ${room.via.join(', ') || '-'}`,
        `answer: ${room.answer ?? '-'}`,
        room.settledAt ?? '-',
      ].join(' | '),
    )
  return [...head, ...lines, ''].join('\n')
}
