import { isRoomId, serverOf } from '../addresses/room-address.ts'
import type { Draft } from './draft.ts'
import { checkSpace } from './check-space.ts'
import { estimateFrom, minutesText } from './join-time.ts'
import { finding, listed, quoted, type Finding } from './finding.ts'
import type { Facts, RoomReport } from './facts.ts'
import { entryOf, standingOf } from './standing.ts'
import { compactOf, localpartOf, mayFit, tellingWordsOf, wordsOf } from './words-of.ts'

/** What homeservers say against a manifest, or against a bare link where there is no manifest. */
export function checkFacts(facts: Facts, draft: Draft | null): Finding[] {
  const all = [...(facts.space === null ? [] : [facts.space]), ...facts.rooms]
  const away = serversAway(all)
  return [
    ...silentServers(facts),
    ...awayFindings(all, away),
    ...all.flatMap((report) => [
      ...reachFindings(facts, report, away),
      ...entryFindings(facts, report),
      ...contentFindings(report, report === facts.space, draft),
    ]),
    ...tooNewFindings(facts, all),
    ...sameRooms(all),
    ...namesOfOthers(facts.rooms),
    ...checkSpace(facts, draft),
    ...joinTimes(facts),
    ...unseen(facts, all),
  ]
}

/** Everything that a finding about one room is placed by. */
function about({ path, address }: RoomReport): { path: RoomReport['path']; address: string } {
  return { path, address }
}

function silentServers({ servers }: Facts): Finding[] {
  return servers
    .filter((server) => !server.isReachable)
    .map(({ name }) => finding('server-silent', `${name} doesn’t answer.`, { server: name }))
}

/** Servers of addresses that don't answer, where nobody else could say more either. */
function serversAway(reports: readonly RoomReport[]): ReadonlySet<string> {
  return new Set(
    reports.flatMap(({ home }) => (home !== null && home.sight === 'unreachable' ? [home.server] : [])),
  )
}

function awayFindings(reports: readonly RoomReport[], away: ReadonlySet<string>): Finding[] {
  return [...away].flatMap((server) => {
    const rooms = reports.filter(({ home }) => home?.server === server)
    const [first] = rooms
    if (first === undefined) return []
    const which = listed(rooms.map((room) => room.address))
    return [
      finding('server-unreachable', `${server} doesn’t answer. It is the server of ${which}.`, {
        ...about(first),
        server,
      }),
    ]
  })
}

function reachFindings(facts: Facts, report: RoomReport, away: ReadonlySet<string>): Finding[] {
  const { home, views, address } = report
  if (home?.sight === 'missing')
    return [finding('room-missing', `There is no room at ${address}, says ${home.server}.`, about(report))]
  if (home === null || away.has(home.server)) return []
  const isUp = (name: string): boolean => facts.servers.some((each) => each.name === name && each.isReachable)
  const failing = views.filter(
    ({ server, sight }) => isUp(server) && (sight === 'unreachable' || sight === 'missing'),
  )
  return failing.map(({ server }) =>
    finding(
      'unreachable-from',
      `${server} can’t find the way to ${address}, though ${home.server} answers.`,
      {
        ...about(report),
        server,
      },
    ),
  )
}

function entryFindings(facts: Facts, report: RoomReport): Finding[] {
  const { address, details, movedTo, home } = report
  if (movedTo !== null) {
    const name = movedTo.name === null ? '' : ` (${quoted(movedTo.name)})`
    return [finding('moved', `${address} was replaced by ${movedTo.roomId}${name}.`, about(report))]
  }
  if (home?.sight === 'private' && (details?.joinRule ?? null) === null)
    return [finding('room-hidden', `${address} shows itself to members only.`, about(report))]
  switch (entryOf(facts, report)) {
    case 'closed':
      return [finding('invite-only', `${address} is by invitation only.`, about(report))]
    case 'asks':
      return [finding('asks-first', `${address} is entered with a moderator’s consent.`, about(report))]
    case 'elsewhere': {
      const spaces = listed(details?.allowedRoomIds ?? [])
      const own = facts.space === null ? 'the manifest names no space' : 'that isn’t your space'
      const which = spaces === '' ? 'nobody’s members' : `members of ${spaces}`
      return [finding('restricted-elsewhere', `${address} is for ${which}; ${own}.`, about(report))]
    }
    case 'open':
    case 'members':
    case 'unknown':
      return []
  }
}

function contentFindings(report: RoomReport, isSpace: boolean, draft: Draft | null): Finding[] {
  const { details, address, label } = report
  if (details === null || details.sight !== 'seen') return []
  const found: Finding[] = []
  if (isSpace && !details.isSpace)
    found.push(finding('not-a-space', `${address} is a room, not a space.`, about(report)))
  if (!isSpace && details.isSpace)
    found.push(finding('is-space', `${address} is a space, not a room.`, about(report)))
  if (isSpace) return found
  if (details.name !== null && label !== null && !isSameName(label, details.name, address))
    found.push(
      finding(
        'name-differs',
        `${address} calls itself ${quoted(details.name)}, not ${quoted(label)}.`,
        about(report),
      ),
    )
  if (details.members !== null && details.members <= 1)
    found.push(
      finding(
        'nobody-there',
        `${address} has ${details.members === 1 ? 'one member' : 'no members'}.`,
        about(report),
      ),
    )
  return [...found, ...privacyFindings(report, draft)]
}

function privacyFindings(report: RoomReport, draft: Draft | null): Finding[] {
  const { details, address } = report
  const { isPublic, isEncrypted } = draft?.privacy ?? { isPublic: null, isEncrypted: null }
  const found: Finding[] = []
  if (details?.isEncrypted === true) {
    found.push(
      isEncrypted === false
        ? finding('privacy-differs', `${address} is encrypted; the manifest says it isn’t.`, about(report))
        : finding('encrypted', `${address} is encrypted.`, about(report)),
    )
  }
  if (details?.isWorldReadable === true && isPublic === false)
    found.push(
      finding('privacy-differs', `Anyone can read ${address}; the manifest says they can’t.`, about(report)),
    )
  return found
}

/** True unless a label and a room's own name have nothing in common. */
function isSameName(label: string, name: string, address: string): boolean {
  const [one, other] = [compactOf(label), compactOf(name)]
  if (one.includes(other) || other.includes(one)) return true
  const words = new Set(wordsOf(name))
  const telling = tellingWordsOf(label)
  // “General” says too little to be compared.
  if (telling.length === 0) return true
  if (telling.some((word) => words.has(word))) return true
  return !isRoomId(address) && telling.some((word) => mayFit(word, localpartOf(address)))
}

function tooNewFindings(facts: Facts, reports: readonly RoomReport[]): Finding[] {
  return facts.servers.flatMap((server) => {
    const rooms = reports.filter((report) =>
      report.views.some(
        (view) => view.server === server.name && standingOf(facts, report, view, server) === 'tooNew',
      ),
    )
    return rooms.map((report) =>
      finding(
        'version-too-new',
        `${report.address} has room version ${report.details?.version ?? ''}, which ${server.name} doesn’t know yet${
          server.software === null ? '' : ` (${server.software.name} ${server.software.version})`
        }.`,
        { ...about(report), server: server.name },
      ),
    )
  })
}

function sameRooms(reports: readonly RoomReport[]): Finding[] {
  const first = new Map<string, RoomReport>()
  return reports.flatMap((report) => {
    const roomId = report.details?.roomId ?? null
    if (roomId === null) return []
    const before = first.get(roomId)
    if (before === undefined) first.set(roomId, report)
    return before === undefined || before.address === report.address
      ? []
      : [finding('same-room', `${report.address} and ${before.address} are the same room.`, about(report))]
  })
}

function namesOfOthers(reports: readonly RoomReport[]): Finding[] {
  const names = new Map(
    reports.flatMap((report) =>
      named(report) === null ? [] : [[compactOf(named(report) ?? ''), report] as const],
    ),
  )
  return reports.flatMap((report) => {
    const name = named(report)
    if (report.label === null || name === null) return []
    const other = names.get(compactOf(report.label))
    if (other === undefined || other.details?.roomId === report.details?.roomId) return []
    if (compactOf(report.label) === compactOf(name)) return []
    return [
      finding(
        'name-of-another',
        `${quoted(report.label)} is the name of ${other.address}; ${report.address} calls itself ${quoted(name)}.`,
        about(report),
      ),
    ]
  })
}

function named({ details }: RoomReport): string | null {
  return details?.name ?? null
}

function joinTimes(facts: Facts): Finding[] {
  if (facts.rooms.length < 2) return []
  return facts.servers
    .filter((server) => server.isReachable)
    .map(({ name }) => {
      const { here, rooms, seconds } = estimateFrom(facts, name)
      return finding(
        'join-time',
        `${name} is in ${here} of ${rooms} rooms; joining all takes ${minutesText(seconds)}.`,
        {
          server: name,
        },
      )
    })
}

function unseen(facts: Facts, reports: readonly RoomReport[]): Finding[] {
  const limited = reports.filter(({ home, views }) =>
    [home, ...views].some((view) => view?.sight === 'limited'),
  )
  const servers = new Set(
    limited.flatMap(({ home, views }) =>
      [home, ...views].flatMap((view) => (view?.sight === 'limited' ? [view.server] : [])),
    ),
  )
  const found = [...servers].map((server) =>
    finding('not-asked', `${server} asked for more patience; not all rooms could be looked at.`, { server }),
  )
  if (!facts.isSignedIn) {
    const what =
      facts.space === null
        ? 'whether rooms were replaced'
        : 'the rooms of the space, and whether any was replaced'
    found.push(finding('account-needed', `Without an account it can’t be seen: ${what}.`))
  } else if (facts.unseenRooms > 0) {
    const count = facts.unseenRooms === 1 ? 'one room' : `${facts.unseenRooms} rooms`
    found.push(
      finding(
        'account-needed',
        `The account isn’t in ${count}, so it can’t be seen whether they were replaced.`,
      ),
    )
  }
  if (facts.isSignedIn && facts.space !== null && facts.children === null)
    found.push(
      finding('account-needed', `The account can’t see the rooms of ${facts.space.address}.`, {
        server: serverOf(facts.space.address),
      }),
    )
  return found
}
