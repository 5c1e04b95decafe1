import { readdirSync, readFileSync } from 'node:fs'

/** What our own programs have in their command line, wherever they were started from. */
const OURS = [/foyer-practice-/, /foyer-display-/, /--user-data-dir=\S*\/foyer-/, /foyer-tour-/]

/**
 * Command lines of Foyer's programs that still run: Electron, Synapse, the proxy's world, Xvfb. Linux only, as it
 * reads /proc; elsewhere nothing is found. Programs that have ended but wait for their parent don't count.
 */
export function leftovers(): string[] {
  if (process.platform !== 'linux') return []
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .map(commandLine)
    .filter((line) => OURS.some((pattern) => pattern.test(line)))
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()
  } catch {
    // It has ended in the meantime.
    return ''
  }
}
