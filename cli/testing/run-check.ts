import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { reportSchema, type Report } from '../checking/report.ts'

const program = join(import.meta.dirname, '../foyer.mjs')

/** What a run of `foyer check` said and how it ended. */
export interface CheckRun {
  /** Null where nothing was printed, or not with `--json`. */
  readonly report: Report | null
  readonly exit: number
  readonly stderr: string
}

/** Runs `foyer check` in the practice world, described in the file at `descriptionPath`; `input` is a token or nothing. */
export async function runCheck(
  descriptionPath: string,
  words: readonly string[],
  input = '',
): Promise<CheckRun> {
  const description = JSON.parse(await readFile(descriptionPath, 'utf8')) as { proxy: string; ca: string }
  const network = ['--proxy', description.proxy, '--ca', description.ca]
  const child = spawn(process.execPath, [program, 'check', ...words, ...network], { stdio: 'pipe' })
  let [stdout, stderr] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk))
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk))
  // A run that ends before it reads its input is what some tests are about.
  child.stdin.on('error', () => undefined)
  child.stdin.end(input)
  const [exit] = (await once(child, 'close')) as [number]
  return { report: stdout.startsWith('{') ? reportSchema.parse(JSON.parse(stdout)) : null, exit, stderr }
}

/** IDs of the findings of a report's first target, under the room or homeserver that each is about. */
export function idsByAddress(report: Report): Record<string, string[]> {
  const found: Record<string, string[]> = {}
  for (const { id, address, server } of report.targets[0]?.findings ?? []) {
    const key = address ?? server ?? ''
    found[key] = [...(found[key] ?? []), id]
  }
  return found
}
