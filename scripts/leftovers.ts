import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'

const MARK = 'FOYER_RUN'

/** Marks this process, so that everything it starts from now on can be told from other programs. */
export function markRun(): void {
  process.env[MARK] = randomUUID()
}

/**
 * Command lines of the programs that were started since `markRun` and still run: Electron, Synapse, Xvfb. Linux only,
 * as it reads /proc; elsewhere nothing is found. Programs that have ended but wait for their parent don't count.
 */
export function leftovers(): string[] {
  if (process.platform !== 'linux') return []
  const mark = `${MARK}=${process.env[MARK] ?? ''}`
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => read(pid, 'environ').split('\0').includes(mark))
    .map((pid) => read(pid, 'cmdline').replaceAll('\0', ' ').trim())
    .filter((line) => line !== '')
}

function read(pid: string, file: 'environ' | 'cmdline'): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    // It has ended in the meantime, or is somebody else's.
    return ''
  }
}
