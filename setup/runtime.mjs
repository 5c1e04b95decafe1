import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The repository's top folder. */
export const repository = fileURLToPath(new URL('..', import.meta.url))

const file = join(repository, 'node_modules/.foyer/runtime.json')

/**
 * What the set-up found or installed, see runtime.d.mts.
 * @returns {import('./runtime.d.mts').Runtime}
 */
export function readRuntime() {
  let found
  try {
    found = JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    throw new Error('Foyer is not set up yet: run `npm run setup` first.')
  }
  return { ...found, hasDisplay: hasDisplay() }
}

/**
 * Notes what there is for readRuntime(); written only when it changed.
 * @param {import('./runtime.d.mts').InstalledRuntime} installed
 */
export function writeRuntime(installed) {
  const text = `${JSON.stringify(installed, null, 2)}\n`
  try {
    if (readFileSync(file, 'utf8') === text) return
  } catch {
    // Not there yet.
  }
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(`${file}.${process.pid}`, text)
  renameSync(`${file}.${process.pid}`, file)
}

/** Whether a window can be shown to somebody. FOYER_HEADLESS=1 says no, for quiet test runs on a desktop. */
export function hasDisplay(env = process.env) {
  if (process.platform !== 'linux') return true
  return env.FOYER_HEADLESS !== '1' && Boolean(env.DISPLAY || env.WAYLAND_DISPLAY)
}

/** Chromium refuses to start its sandbox as root ("Running as root without --no-sandbox is not supported"). */
export function needsNoSandbox() {
  return process.getuid?.() === 0
}
