import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { EventEmitter, once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import {
  ACCOUNT_HOST,
  IDP_HOST,
  WEB_HOST,
  serverNames,
  serverNameSchema,
  type ServerName,
} from './servers.ts'

const eventSchema = z.discriminatedUnion('event', [
  z.object({ event: z.literal('ready') }),
  z.object({ event: z.literal('certificates') }),
  z.object({ event: z.literal('started'), name: serverNameSchema, pid: z.int() }),
  z.object({ event: z.literal('ended'), name: serverNameSchema, code: z.int() }),
])

/** One homeserver to start. `wishedRoom` is the localpart that the first room created there gets as its ID. */
export type StartCommand = {
  readonly name: ServerName
  readonly config: string
  readonly raised: boolean
  readonly wishedRoom?: string
}

/** The Python process that holds the homeservers. They end with it, and it ends with us, whatever happens. */
export type Launcher = {
  readonly pid: number
  /** Process IDs of the homeservers that run now. */
  readonly pids: ReadonlyMap<ServerName, number>
  readonly start: (command: StartCommand) => Promise<void>
  /** Returns when the process is gone. */
  readonly stop: (name: ServerName, how: 'kill' | 'graceful') => Promise<void>
  /** Kills what still runs, and the launcher. */
  readonly end: () => Promise<void>
}

/** Starts the launcher in a directory; with `isRemoving` it deletes that directory as its last act. */
export async function startLauncher(
  python: string,
  directory: string,
  isRemoving: boolean,
  log: (line: string) => void,
): Promise<Launcher> {
  const script = fileURLToPath(new URL('python/launcher.py', import.meta.url))
  // Nothing of our own environment, so that no proxy setting or Python option of the computer reaches the servers.
  const child = spawn(python, ['-B', '-X', 'utf8', script, directory, ...(isRemoving ? ['--remove'] : [])], {
    cwd: directory,
    env: { PATH: process.env['PATH'] ?? '', LANG: 'C.UTF-8' },
    // A process group of its own: Ctrl-C in a terminal must reach us first.
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const ended = once(child, 'exit')
  // Writing to a launcher that has died is no reason for us to die.
  child.stdin.on('error', () => undefined)
  createInterface(child.stderr).on('line', log)
  const pids = new Map<ServerName, number>()
  const events = new EventEmitter()
  createInterface(child.stdout).on('line', (line) => hear(line, pids, events))
  await heard(events, 'ready', ended)

  const send = (command: object) => child.stdin.write(`${JSON.stringify(command)}\n`)
  send({ do: 'certificates', names: [...serverNames, ACCOUNT_HOST, IDP_HOST, WEB_HOST] })
  await heard(events, 'certificates', ended)
  return {
    pid: pidOf(child),
    pids,
    async start(command) {
      const started = heard(events, `started ${command.name}`, ended)
      send({ do: 'start', ...command })
      await started
    },
    async stop(name, how) {
      if (!pids.has(name)) return
      const stopped = heard(events, `ended ${name}`, ended)
      send({ do: 'stop', name, how })
      await stopped
    },
    async end() {
      child.stdin.end()
      await ended
    },
  }
}

function hear(line: string, pids: Map<ServerName, number>, events: EventEmitter): void {
  const event = eventSchema.parse(JSON.parse(line))
  if (event.event === 'started') pids.set(event.name, event.pid)
  if (event.event === 'ended') pids.delete(event.name)
  events.emit('name' in event ? `${event.event} ${event.name}` : event.event)
}

async function heard(events: EventEmitter, event: string, ended: Promise<unknown>): Promise<void> {
  const isDead = await Promise.race([once(events, event).then(() => false), ended.then(() => true)])
  if (isDead) throw new Error(`the launcher of the practice world ended while we waited for: ${event}`)
}

function pidOf(child: ChildProcessWithoutNullStreams): number {
  if (child.pid === undefined) throw new Error('the launcher of the practice world did not start')
  return child.pid
}
