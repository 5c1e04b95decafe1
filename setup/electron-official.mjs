import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cacheDir, installAtomically, needSpace, readText } from './cache.mjs'
import { explain } from './fail.mjs'
import { libraryNode } from './packages.mjs'
import { run, writeLog } from './run.mjs'
import { progress } from './say.mjs'

const program = fileURLToPath(new URL('electron-download.mjs', import.meta.url))
const day = 24 * 60 * 60 * 1000
const unreachableFile = () => join(cacheDir(), 'electron/official-unreachable.json')

/**
 * Downloads Electron from where its makers publish it.
 * @param {string} target
 * @param {string} version
 * @returns {Promise<boolean>} false: there is no way to the download from here, which is then remembered for a day
 */
export async function installOfficial(target, version) {
  needSpace(cacheDir(), 500, 'Electron')
  const isReachable = await progress(
    `Downloading Electron ${version}`,
    () => download(target),
    (isInstalled) => (isInstalled ? null : 'not reachable from here'),
  )
  if (!isReachable) rememberUnreachable(version)
  return isReachable
}

/** @param {string} target */
async function download(target) {
  try {
    await installAtomically(target, async (dir) => {
      const { code, output } = await run([libraryNode(), program, dir, join(cacheDir(), 'partial')], {
        env: { ...process.env, NODE_USE_ENV_PROXY: '1' },
      })
      if (code === 3) throw new Unreachable()
      if (code !== 0) throw explain('Downloading Electron', output, writeLog('electron', output))
    })
    return true
  } catch (error) {
    if (error instanceof Unreachable) return false
    throw error
  }
}

class Unreachable extends Error {}

/** @param {string} version */
function rememberUnreachable(version) {
  mkdirSync(dirname(unreachableFile()), { recursive: true })
  writeFileSync(unreachableFile(), JSON.stringify({ version, at: Date.now() }))
}

/**
 * Whether the official download was out of reach less than a day ago: no need to ask again on each start.
 * @param {string} version
 */
export function wasUnreachable(version) {
  try {
    const note = JSON.parse(readText(unreachableFile()) ?? 'null')
    return note?.version === version && Date.now() - note.at < day
  } catch {
    return false
  }
}
