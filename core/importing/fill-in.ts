import type { Facts, RoomReport } from '../checking/facts.ts'
import type { ManifestInput } from '../communities/manifest.ts'
import type { JoinRule } from '../communities/community.ts'
import { plainLine } from '../text/plain-text.ts'

type Room = NonNullable<ManifestInput['rooms']>[number]

/** A manifest with what homeservers said of its rooms, and how much of it is new. */
export interface Filled {
  readonly manifest: ManifestInput
  readonly names: number
  readonly purposes: number
  /** Rooms whose join rule is told in their notes. */
  readonly rules: number
  /** Rooms that nobody could say anything of, by address. */
  readonly unseen: readonly string[]
}

/* What newcomers should know of a join rule; open rooms need no word. */
const ruleNotes: Readonly<Record<JoinRule, string | null>> = {
  public: null,
  knock: 'a moderator lets people in',
  restricted: 'for members of the space',
  knock_restricted: 'for members of the space, others ask first',
  invite: 'by invitation only',
}

/**
 * Fills in what a page leaves out: names, topics as purposes, join rules as notes, and the space's topic as summary. What
 * the page says itself stays as it is.
 */
export function fillIn(manifest: ManifestInput, facts: Facts): Filled {
  const reports = new Map(facts.rooms.map((report) => [report.address, report]))
  const filled = (manifest.rooms ?? []).map((room) => filledRoom(room, reports.get(room.address)))
  const summary = manifest.summary ?? lineOf(facts.space?.details?.topic, 300)
  const count = (field: 'label' | 'purpose' | 'notes'): number =>
    filled.filter((room, index) => room[field] !== manifest.rooms?.[index]?.[field]).length
  return {
    manifest: { ...manifest, ...(summary !== undefined && { summary }), rooms: filled },
    names: count('label'),
    purposes: count('purpose'),
    rules: count('notes'),
    unseen: filled.flatMap(({ address }) => (isSeen(reports.get(address)) ? [] : [address])),
  }
}

function filledRoom(room: Room, report: RoomReport | undefined): Room {
  const details = isSeen(report) ? report?.details : null
  if (!details) return room
  const label = room.label ?? lineOf(details.name, 200)
  const purpose = room.purpose ?? lineOf(details.topic, 500)
  const note = details.joinRule === null ? null : ruleNotes[details.joinRule]
  const notes = room.notes ?? []
  return {
    ...room,
    ...(label !== undefined && { label }),
    ...(purpose !== undefined && { purpose }),
    ...(note !== null && !notes.includes(note) && notes.length < 10 && { notes: [...notes, note] }),
  }
}

function isSeen(report: RoomReport | undefined): boolean {
  return report?.details?.sight === 'seen'
}

function lineOf(text: string | null | undefined, most: number): string | undefined {
  const line = plainLine(text ?? '')
  const cut = line.length <= most ? line : `${line.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, '')}…`
  return cut === '' ? undefined : cut
}
