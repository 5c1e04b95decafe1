import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { cacheDir, readText } from './cache.mjs'
import { errorCode } from './fail.mjs'

/**
 * @typedef {{ pid: number, started: string | null }} Process a pid alone may belong to somebody else by now
 * @typedef {{ owner: Process, child: Process | null }} Holder
 */

/** @type {string | null} the lock file while this process holds it */
let held = null

/**
 * Runs `work` while no other set-up of this user does anything. One lock for everything: the cache is shared by
 * all clones, and waiting is what the second run wants anyway (it then finds the work done).
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(work) {
  const path = join(cacheDir(), 'setup.lock')
  for (let isFirstTry = true; !tryTake(path); isFirstTry = false) {
    if (isStale(readText(path))) breakLock(path)
    else {
      if (isFirstTry) console.log('Another set-up is running; waiting for it …')
      await sleep(300)
    }
  }
  held = path
  const release = () => {
    if (held) rmSync(held, { force: true })
    held = null
  }
  process.once('exit', release)
  try {
    return await work()
  } finally {
    process.off('exit', release)
    release()
  }
}

/**
 * Adds a running child to the lock: when this process is killed, its `npm ci` may live on, and a new one must
 * not start beside it.
 * @param {number | undefined} pid undefined: no child is running
 */
export function noteChild(pid) {
  if (held) replace(held, { owner: identify(process.pid), child: pid === undefined ? null : identify(pid) })
}

/**
 * True when everybody named in the lock is gone. An unreadable lock is stale too: locks appear complete.
 * @param {string | null} text
 */
export function isStale(text) {
  if (text === null) return false
  try {
    /** @type {Holder} */
    const { owner, child } = JSON.parse(text)
    return !isAlive(owner) && (child === null || !isAlive(child))
  } catch {
    return true
  }
}

/** @param {string} path */
function tryTake(path) {
  const draft = `${path}.${process.pid}`
  writeFileSync(draft, JSON.stringify({ owner: identify(process.pid), child: null }))
  try {
    // link() fails when the name exists, and the lock has its content from the first moment on.
    linkSync(draft, path)
    return true
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error
    return false
  } finally {
    rmSync(draft, { force: true })
  }
}

/**
 * Takes a dead run's lock away. Somebody else may have done so, and taken the lock, since we looked: then what
 * we moved aside is alive and goes back.
 * @param {string} path
 */
function breakLock(path) {
  const aside = `${path}.${process.pid}.stale`
  try {
    renameSync(path, aside)
    if (!isStale(readFileSync(aside, 'utf8'))) linkSync(aside, path)
  } catch {
    // Another waiting run was faster; the loop looks again.
  } finally {
    rmSync(aside, { force: true })
  }
}

/** @param {string} path @param {Holder} holder */
function replace(path, holder) {
  const draft = `${path}.${process.pid}`
  writeFileSync(draft, JSON.stringify(holder))
  renameSync(draft, path)
}

/** @param {number} pid @returns {Process} */
function identify(pid) {
  return { pid, started: startTime(pid) }
}

/** @param {Process} candidate */
function isAlive({ pid, started }) {
  try {
    process.kill(pid, 0)
  } catch (error) {
    // EPERM: alive, but somebody else's.
    return errorCode(error) === 'EPERM'
  }
  return started === startTime(pid)
}

/**
 * Field 22 of Linux' /proc/<pid>/stat; null elsewhere, where the pid has to do. A zombie counts as gone.
 * @param {number} pid
 */
function startTime(pid) {
  const stat = readText(`/proc/${pid}/stat`)
  // The second field is the name, in parentheses, and may itself contain spaces and parentheses.
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')
  return fields === undefined || fields[0] === 'Z' ? null : (fields[19] ?? null)
}
