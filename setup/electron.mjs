import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { cacheDir, readText } from './cache.mjs'
import { fallback, installFallback, isFallbackReady } from './electron-fallback.mjs'
import { installOfficial, wasUnreachable } from './electron-official.mjs'
import { SetupProblem } from './fail.mjs'
import { repository } from './runtime.mjs'

const manifest = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8'))
/** @type {string} the version that package.json pins */
const version = manifest.devDependencies.electron

const officialDir = () => join(cacheDir(), 'electron', `${version}-${process.platform}-${process.arch}`)
const fallbackDir = () => join(cacheDir(), 'electron', `${fallback.version}-${fallback.platform}-fallback`)

/** The Electron runtime: ELECTRON_OVERRIDE_DIST_PATH, else the official one, else the fallback. */
export const electron = {
  isReady() {
    const override = process.env.ELECTRON_OVERRIDE_DIST_PATH
    if (override && !existsSync(executableIn(override)))
      throw new SetupProblem(
        'ELECTRON_OVERRIDE_DIST_PATH has no Electron in it: correct or unset it and run again.',
      )
    return (
      Boolean(override) ||
      existsSync(officialDir()) ||
      (wasUnreachable(version) && isFallbackReady(fallbackDir()))
    )
  },

  async install() {
    if (!wasUnreachable(version) && (await installOfficial(officialDir(), version))) return
    if (!isFallbackReady(fallbackDir())) await installFallback(fallbackDir())
  },
}

/** What of Electron is there, for readRuntime(). */
export function findElectron() {
  const dirs = [process.env.ELECTRON_OVERRIDE_DIST_PATH, officialDir(), fallbackDir()]
  const dist = dirs.find((dir) => dir && existsSync(executableIn(dir)))
  if (!dist) return { electronDist: null, electron: null, electronVersion: null, isFallback: false }
  const found = (readText(join(dist, 'version')) ?? version).trim().replace(/^v/, '')
  return {
    electronDist: dist,
    electron: executableIn(dist),
    electronVersion: found,
    isFallback: dist === fallbackDir(),
  }
}

/** @param {string} dist */
function executableIn(dist) {
  if (process.platform === 'darwin') return join(dist, 'Electron.app/Contents/MacOS/Electron')
  return join(dist, process.platform === 'win32' ? 'electron.exe' : 'electron')
}
