import type { KnownSoftware } from './catalogue.ts'

/** What a homeserver runs, as it says itself. */
export interface ServerSoftware {
  readonly name: string
  readonly version: string
  /** Null where Foyer doesn't know the software well enough to tell. */
  readonly isOutdated: boolean | null
}

/** Judges a homeserver's software by the versions known at the list's date. Names are compared without case. */
export function judgeSoftware(
  known: readonly KnownSoftware[],
  name: string,
  version: string,
): ServerSoftware {
  const entry = known.find((each) => each.name.toLowerCase() === name.toLowerCase())
  const own = numbersOf(version)
  const isOutdated =
    entry === undefined || own === null ? null : isBelow(own, numbersOf(entry.outdatedBelow) ?? [])
  return { name: entry?.name ?? name, version, isOutdated }
}

// Servers add to their version what they please: `1.163.2 (b=matrix-org-hotfixes,abc)`, `0.15.2+1a2b3c`.
function numbersOf(version: string): number[] | null {
  const numbers = /^v?(\d+(?:\.\d+)*)/.exec(version.trim())?.[1]
  return numbers === undefined ? null : numbers.split('.').map(Number)
}

function isBelow(own: readonly number[], limit: readonly number[]): boolean {
  for (const [index, number] of limit.entries()) {
    const mine = own[index] ?? 0
    if (mine !== number) return mine < number
  }
  return false
}
