// Runs a command on a screen of its own where there is none: node scripts/with-display.ts <command> [arguments]
// On Linux without DISPLAY and WAYLAND_DISPLAY, or with FOYER_HEADLESS=1; otherwise it just runs the command.

import { spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { accessSync, constants as fileAccess, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { Socket } from 'node:net'
import { constants, tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { Readable } from 'node:stream'
import { hasDisplay } from '../setup/runtime.mjs'

/** A screen to show windows on. */
export interface Display {
  /** The whole environment for a program that shall use it. */
  readonly env: NodeJS.ProcessEnv
  /** Ends the screen if it is ours. May be called twice. */
  close(): void
}

/** The display there is, or one of our own. Ends with this process however that ends, `kill -9` included. */
export async function openDisplay(): Promise<Display> {
  return hasDisplay() ? { env: process.env, close() {} } : startXvfb()
}

/** Runs `use` with the environment of a display and closes it afterwards. */
export async function withDisplay<T>(use: (env: NodeJS.ProcessEnv) => Promise<T>): Promise<T> {
  const display = await openDisplay()
  try {
    return await use(display.env)
  } finally {
    display.close()
  }
}

async function startXvfb(): Promise<Display> {
  const folder = mkdtempSync(join(tmpdir(), 'foyer-display-'))
  const authority = join(folder, 'Xauthority')
  writeFileSync(authority, cookieForAnyDisplay(), { mode: 0o600 })

  // Xvfb looks for a free number itself (-displayfd) and tells it on its descriptor 3. Without -noreset it starts over
  // when its last client goes, and turns away whoever comes meanwhile.
  const xvfb = [
    'Xvfb',
    '-noreset',
    '-displayfd',
    '3',
    '-screen',
    '0',
    '1600x1200x24',
    '-nolisten',
    'tcp',
    '-auth',
    authority,
  ]
  // The kernel ends it with us when we are killed and can no longer do so.
  const [program = '', ...args] = isOnPath('setpriv') ? ['setpriv', '--pdeathsig', 'TERM', ...xvfb] : xvfb
  // A process group of its own: Ctrl-C shall reach the command, which still needs the screen to end well.
  const server = spawn(program, args, { detached: true, stdio: ['ignore', 'ignore', 'pipe', 'pipe'] })

  const close = () => {
    process.off('exit', close)
    server.kill()
    rmSync(folder, { recursive: true, force: true })
  }
  process.on('exit', close)

  try {
    const number = await displayNumber(server)
    letGo(server)
    // Electron would prefer a Wayland session that it is told about.
    const { WAYLAND_DISPLAY: _hidden, ...env } = process.env
    return { env: { ...env, DISPLAY: `:${number}`, XAUTHORITY: authority, XDG_SESSION_TYPE: 'x11' }, close }
  } catch (error) {
    close()
    throw error
  }
}

function displayNumber(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let complaints = ''
    let answer = ''
    server.once('error', () => reject(new Error('Xvfb could not be started: run `npm run setup` first.')))
    server.once('close', () => reject(new Error(`Xvfb ended at once: ${complaints.trim()}`)))
    // Both are read on for as long as Xvfb runs: a full pipe would stop it.
    readPipe(server.stdio[2], (chunk) => (complaints = (complaints + chunk).slice(-2000)))
    readPipe(server.stdio[3], (chunk) => {
      answer += chunk
      if (answer.includes('\n')) resolve(answer.trim())
    })
  })
}

function readPipe(pipe: ChildProcess['stdio'][number] | undefined, use: (chunk: string) => void): void {
  if (pipe instanceof Readable) pipe.on('data', (chunk: Buffer) => use(chunk.toString()))
}

/** A script that has nothing else to do shall be able to end; Xvfb ends with it. */
function letGo(server: ChildProcess): void {
  server.unref()
  for (const pipe of server.stdio.slice(2)) if (pipe instanceof Socket) pipe.unref()
}

/**
 * An Xauthority entry for every display number, as ours is not known yet. Without one, every user of this
 * machine could look at the screen. Fields: family "wild", then address, number, name, data with their lengths.
 */
function cookieForAnyDisplay(): Buffer {
  const empty = Buffer.alloc(0)
  const fields = [empty, empty, Buffer.from('MIT-MAGIC-COOKIE-1'), randomBytes(16)]
  return Buffer.concat([Buffer.from([255, 255]), ...fields.map(withLength)])
}

function withLength(content: Buffer): Buffer {
  return Buffer.concat([Buffer.from([content.length >> 8, content.length & 255]), content])
}

function isOnPath(program: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((dir) => {
    try {
      accessSync(join(dir, program), fileAccess.X_OK)
      return true
    } catch {
      return false
    }
  })
}

/** Runs the command as if it had been started directly: same streams, signals passed on, same exit code. */
async function runCommand(
  [program = '', ...args]: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<number> {
  const child = spawn(program, args, { env, stdio: 'inherit' })
  const forwarded = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const signal of forwarded)
    process.on(signal, () => {
      // In a terminal Ctrl-C has reached the command already.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal)
    })
  return new Promise((resolve) => {
    child.once('error', (error) => {
      console.error(error.message)
      resolve(127)
    })
    child.once('exit', (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)))
  })
}

if (import.meta.main) {
  const command = process.argv.slice(2)
  try {
    process.exitCode = await withDisplay((env) => runCommand(command, env))
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  }
}
