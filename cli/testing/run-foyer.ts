import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { eventSchema, type Event } from '../events.ts'

const schemaPath = join(import.meta.dirname, '../../docs/cli-events.schema.json')
const ajv = new Ajv2020({ allErrors: true })
addFormats.default(ajv)
const isPublished = ajv.compile(JSON.parse(readFileSync(schemaPath, 'utf8')) as object)

const program = join(import.meta.dirname, '../foyer.mjs')

/** A run of the command in a process of its own. */
export interface FoyerRun {
  readonly pid: number
  readonly stdout: () => string
  readonly stderr: () => string
  /** Whole lines so far, validated; only with `--json`. */
  readonly events: () => Event[]
  /** Resolves once the condition holds, which is asked after each line, or when the run has ended. */
  readonly until: (isThere: (events: Event[]) => boolean) => Promise<void>
  readonly signal: (name: NodeJS.Signals) => void
  /** The exit code, or 128 and the signal's number. */
  readonly exit: Promise<number>
}

/**
 * Runs `foyer join`, or another command, with words and what comes on standard input. By `npx` it runs as people type it:
 * a signal then goes to everything that runs there, as a terminal does it.
 */
export function runFoyer(
  words: readonly string[],
  secret: string,
  environment: Readonly<Record<string, string>> = {},
  command: 'join' | 'leave' | 'publish' | 'import' | 'check' = 'join',
  by: 'node' | 'npx' = 'node',
): FoyerRun {
  const [file, ...start] = by === 'node' ? [process.execPath, program] : ['npx', '--no-install', 'foyer']
  const child = spawn(file, [...start, command, ...words], {
    stdio: 'pipe',
    cwd: by === 'node' ? process.cwd() : join(import.meta.dirname, '../..'),
    env: { ...process.env, ...environment },
    detached: by === 'npx',
  })
  const text = { stdout: '', stderr: '' }
  const checks = new Set<() => void>()
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (chunk: string) => {
      text[name] += chunk
      for (const check of checks) check()
    })
  }
  // A run that ends before it reads its input is what some tests are about.
  child.stdin.on('error', () => undefined)
  child.stdin.end(secret)
  const exit = once(child, 'close').then(([code]) => (typeof code === 'number' ? code : 137))
  const events = (): Event[] => text.stdout.split('\n').slice(0, -1).map(checkedEvent)
  return {
    pid: child.pid ?? 0,
    stdout: () => text.stdout,
    stderr: () => text.stderr,
    events,
    until: (isThere) =>
      new Promise((resolve) => {
        const check = (): void => {
          if (isThere(events())) resolve()
        }
        checks.add(check)
        void exit.then(() => resolve())
        check()
      }),
    signal: (name) => void (by === 'npx' ? process.kill(-(child.pid ?? 0), name) : child.kill(name)),
    exit,
  }
}

/** Checks a line as the published schema and the types have it; throws what is wrong with it. */
export function checkedEvent(line: string): Event {
  const value: unknown = JSON.parse(line)
  // As programs in any language would check it, by the file that is published.
  if (!isPublished(value)) throw new Error(`${ajv.errorsText(isPublished.errors)}: ${line}`)
  const event = eventSchema.parse(value)
  // Parsing drops what the schema doesn't know.
  if (JSON.stringify(event).length !== line.length)
    throw new Error(`Not all of this is in the schema: ${line}`)
  return event
}
