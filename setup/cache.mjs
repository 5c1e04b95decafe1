import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, statfsSync } from 'node:fs'
import { homedir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { SetupProblem } from './fail.mjs'

/**
 * Where downloads live: outside the repository, so that a second clone starts with them.
 * The XDG specification asks to ignore a relative XDG_CACHE_HOME.
 * @param {NodeJS.ProcessEnv} [env]
 */
export function cacheDir(env = process.env) {
  const base = env.XDG_CACHE_HOME
  return join(base?.startsWith('/') ? base : join(homedir(), '.cache'), 'foyer')
}

/** Makes the cache folder, or says in one sentence why it cannot be used. */
export function prepareCache() {
  try {
    mkdirSync(join(cacheDir(), 'partial'), { recursive: true })
  } catch {
    throw new SetupProblem(
      `Downloads are kept in ${cacheDir()}, which cannot be written: set XDG_CACHE_HOME to a folder that can and run again.`,
    )
  }
}

/**
 * Builds a folder aside and renames it into place when it is complete, so that a folder that exists is whole:
 * an interrupted run leaves only something in `partial/`, which the next run clears.
 * @param {string} target
 * @param {(dir: string) => Promise<void>} build
 */
export async function installAtomically(target, build) {
  const partial = mkdtempSync(join(cacheDir(), 'partial', `${basename(target)}-`))
  try {
    await build(partial)
    mkdirSync(dirname(target), { recursive: true })
    // rename() does not replace a folder that has something in it.
    rmSync(target, { recursive: true, force: true })
    renameSync(partial, target)
  } finally {
    rmSync(partial, { recursive: true, force: true })
  }
}

/** Removes what interrupted runs left. Only for the holder of the lock: others may be building in there. */
export function clearPartial() {
  rmSync(join(cacheDir(), 'partial'), { recursive: true, force: true })
  mkdirSync(join(cacheDir(), 'partial'), { recursive: true })
}

/**
 * Stops before a big download that would not fit.
 * @param {string} dir where it will be written; may not exist yet
 * @param {number} megabytes
 * @param {string} what
 */
export function needSpace(dir, megabytes, what) {
  let existing = dir
  while (!existsSync(existing)) existing = dirname(existing)
  const { bavail, bsize } = statfsSync(existing)
  const free = Math.floor((bavail * bsize) / 1e6)
  if (free < megabytes)
    throw new SetupProblem(
      `${what} needs ${megabytes} MB in ${dir}, where ${free} MB are free: free some space and run again.`,
    )
}

/**
 * The text of a small file, or null when it is not there.
 * @param {string} path
 */
export function readText(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}
