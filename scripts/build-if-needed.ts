import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

const SOURCES = ['core', 'matrix', 'electron', 'renderer', 'electron.vite.config.ts', 'package-lock.json']
const BUILT = 'out/renderer/index.html'

/** Builds the app when a source is newer than what was built. Throws when the build fails. */
export function buildIfNeeded(): void {
  if (existsSync(BUILT) && newest(SOURCES) < statSync(BUILT).mtimeMs) return
  console.log('Building Foyer …')
  const { status } = spawnSync('electron-vite', ['build', '--logLevel', 'warn'], { stdio: 'inherit' })
  if (status !== 0) throw new Error('The build failed; what is wrong stands above.')
}

/** The latest change among files and folders, in epoch milliseconds; 0 where there are none. */
export function newest(paths: readonly string[]): number {
  return Math.max(
    0,
    ...paths.map((path) => (statSync(path).isDirectory() ? newest(inside(path)) : statSync(path).mtimeMs)),
  )
}

function inside(dir: string): string[] {
  return readdirSync(dir).map((name) => join(dir, name))
}
