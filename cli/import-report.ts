import type { Filled } from '../core/importing/fill-in.ts'
import type { ImportedPage, LeftOut, Taken } from '../core/importing/import-page.ts'
import { plainLine } from '../core/text/plain-text.ts'

const reasons: Readonly<Record<LeftOut['reason'], string>> = {
  person: 'a person, not a room',
  example: 'an example, not a room that exists',
  broken: 'a link that names no room',
  tooMany: 'more rooms than a manifest may list',
}

/** What an import took and what it left out, with the lines of the page; for people. */
export function importReport({ format, space, rooms, leftOut }: ImportedPage, page: string): string {
  const sections = new Set(rooms.map((room) => room.section))
  const lines = [
    `${page} (${format}): ${count(rooms.length, 'room')} in ${count(sections.size, 'section')}, ${space === null ? 'no space' : 'and the space'}.`,
    ...(space === null ? [] : [taken(space, 'the space')]),
    ...rooms.map((room) => taken(room, room.section ?? '')),
    ...rooms
      .filter((room) => room.spaceScore >= 2)
      .map((room) => `  ${room.room.address} may be a space, too.`),
    ...(leftOut.length === 0 ? [] : ['Left out:']),
    ...leftOut.map(
      ({ written, line, reason }) => `  line ${line}: ${plainLine(written)}, ${reasons[reason]}`,
    ),
  ]
  return `${lines.join('\n')}\n`
}

/** What homeservers added, and of which rooms they knew nothing; for people. */
export function fillReport({ manifest, names, purposes, rules, unseen }: Filled, most: number): string {
  const rooms = manifest.rooms?.length ?? 0
  const added = [count(names, 'name'), count(purposes, 'purpose'), count(rules, 'join rule')].join(', ')
  const lines = [
    `Filled in from homeservers: ${added}.`,
    ...(rooms > most ? [`Only the first ${most} of ${rooms} rooms were asked about.`] : []),
    ...(unseen.length === 0 ? [] : ['Nobody could say anything of:']),
    ...unseen.slice(0, MOST_NAMED).map((address) => `  ${address}`),
    ...(unseen.length > MOST_NAMED ? [`  and ${unseen.length - MOST_NAMED} more`] : []),
  ]
  return `${lines.join('\n')}\n`
}

const MOST_NAMED = 20

function taken({ room, line, lines, label, otherLabels }: Taken, where: string): string {
  const again = lines.filter((each) => each !== line)
  const parts = [
    `  line ${line}: ${room.address}`,
    ...(label === null ? [] : [`“${label}”`]),
    ...(where === '' ? [] : [where]),
    ...(again.length === 0 ? [] : [`also in line ${again.join(', ')}`]),
    ...(otherLabels.length === 0 ? [] : [`also called ${otherLabels.map((each) => `“${each}”`).join(', ')}`]),
  ]
  return parts.join(', ')
}

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`
}
