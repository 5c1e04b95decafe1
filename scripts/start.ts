// Opens Foyer: in the practice world, or with --live on the real network. Ends with the window.
import { spawn, spawnSync } from 'node:child_process'
import { startWorld } from '../practice/world.ts'
import { needsNoSandbox, readRuntime } from '../setup/runtime.mjs'
import { buildIfNeeded } from './build-if-needed.ts'

const isLive = process.argv.includes('--live')
const runtime = readRuntime()

if (runtime.hasDisplay) await openWindow()
else if (isLive)
  say('There is no display here, so the window has nowhere to open. Start it from a desktop.', 1)
else {
  say('There is no display here, so the tour runs on a virtual one instead; its pictures go to out/tour/.')
  process.exitCode = spawnSync('node', ['test/tour/main.ts'], { stdio: 'inherit' }).status ?? 1
}

async function openWindow(): Promise<void> {
  buildIfNeeded()
  const { electron, python } = runtime
  if (electron === null) throw new Error('Electron is missing: run `npm run setup`.')
  // Chromium's sandbox can't be set up by root; everybody else keeps it.
  const flags = needsNoSandbox() ? ['--no-sandbox'] : []
  if (isLive) return open(electron, [...flags, '.'])
  if (python === null) throw new Error('Synapse is missing: run `npm run setup`.')
  console.log('Starting the practice world …')
  const ending = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => ending.abort())
  const world = await startWorld({
    python,
    limits: 'default',
    delegates: true,
    signal: ending.signal,
    log: console.log,
  })
  try {
    await open(electron, [...flags, '.', `--practice=${world.descriptionPath}`], ending.signal)
  } finally {
    await world.stop()
  }
}

async function open(electron: string, args: readonly string[], signal?: AbortSignal): Promise<void> {
  const app = spawn(electron, args, { stdio: 'inherit' })
  signal?.addEventListener('abort', () => app.kill())
  process.exitCode = await new Promise<number>((resolve) => app.once('exit', (code) => resolve(code ?? 1)))
}

function say(line: string, exitCode = 0): void {
  console.log(line)
  process.exitCode = exitCode
}
