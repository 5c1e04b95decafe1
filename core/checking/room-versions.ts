import type { ServerReport } from './facts.ts'

/* The first Synapse that lets its people into rooms of a version (Synapse's changelog). */
const firstSynapse: Readonly<Record<string, readonly [number, number]>> = {
  '8': [1, 40],
  '10': [1, 64],
  '11': [1, 89],
  '12': [1, 135],
}

/**
 * True where a homeserver doesn't know a room version: by its own word, else by its Synapse's age. Other software is
 * given the benefit of the doubt.
 */
export function isTooNew(
  server: Pick<ServerReport, 'roomVersions' | 'software'>,
  version: string | null,
): boolean {
  return version !== null && knowsVersion(server, version) === false
}

function knowsVersion(
  { roomVersions, software }: Pick<ServerReport, 'roomVersions' | 'software'>,
  version: string,
): boolean | null {
  if (roomVersions !== null) return roomVersions.includes(version)
  const first = firstSynapse[version]
  const [major, minor] = (/^(\d+)\.(\d+)/.exec(software?.version ?? '') ?? []).slice(1).map(Number)
  if (software?.name !== 'Synapse' || first === undefined || major === undefined || minor === undefined)
    return null
  return major > first[0] || (major === first[0] && minor >= first[1])
}
