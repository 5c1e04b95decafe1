import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

const POLL_INTERVAL = 250

/**
 * Does some work while no other process does the same, and waits its turn if need be. A lock whose owner has died is
 * taken over. Making a directory is the one step that either succeeds or fails as a whole on every file system.
 */
export async function withLock<Value>(
  path: string,
  signal: AbortSignal | undefined,
  work: () => Promise<Value>,
): Promise<Value> {
  while (!(await take(path))) {
    signal?.throwIfAborted()
    if (await isAbandoned(path)) await rm(path, { recursive: true, force: true })
    else await delay(POLL_INTERVAL)
  }
  try {
    return await work()
  } finally {
    await rm(path, { recursive: true, force: true })
  }
}

async function take(path: string): Promise<boolean> {
  try {
    await mkdir(path)
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false
    throw error
  }
  await writeFile(join(path, 'pid'), String(process.pid))
  return true
}

async function isAbandoned(path: string): Promise<boolean> {
  const owner = Number(await readFile(join(path, 'pid'), 'utf8').catch(() => ''))
  // Between the directory and the file inside it an owner is not known yet.
  if (!owner) return false
  try {
    process.kill(owner, 0)
    return false
  } catch (error) {
    return hasCode(error, 'ESRCH')
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
