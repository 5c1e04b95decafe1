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
