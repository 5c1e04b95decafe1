import { createHash } from 'node:crypto'
import { existsSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { cacheDir, needSpace, readText } from './cache.mjs'
import { explain, SetupProblem } from './fail.mjs'
import { findPython } from './find-python.mjs'
import { run, writeLog } from './run.mjs'
import { repository } from './runtime.mjs'
import { progress } from './say.mjs'

const requirementsFile = join(repository, 'practice/requirements.txt')

/** Some Python to build on. Asked first of all: without one the long downloads would be for nothing. */
export const basePython = {
  isReady: async () => findVenvPython() !== null || (await findPython()) !== null,
  install() {
    throw new SetupProblem(noPython)
  },
}

/** The virtual environment with Synapse, as practice/requirements.txt pins it. */
export const python = {
  isReady: () => findVenvPython() !== null,

  async install() {
    const found = await findPython()
    if (found === null) throw new SetupProblem(noPython)
    if (!found.hasVenv)
      throw new SetupProblem(
        `${found.path} cannot make virtual environments: install its venv module and run again.`,
      )
    needSpace(cacheDir(), 500, 'Synapse')
    await progress('Installing Synapse', () => buildVenv(found.path))
  },
}

const noPython =
  'The practice network needs Python 3.11 or newer: install it (on Debian and Ubuntu: apt-get install python3 python3-venv) and run again, or open Foyer with the live network: npm run start:live'

/** Synapse is published ready-built for Linux only. */
export const platformWithSynapse = {
  isReady: () => process.platform === 'linux',
  install() {
    throw new SetupProblem(
      'The practice network runs on Synapse, which has no build for this system: open Foyer with the live network instead: npm run start:live',
    )
  },
}

/** The Python of the virtual environment when that is complete, else null. */
export function findVenvPython() {
  const executable = join(venvDir(), 'bin/python')
  const stamp = readText(stampFile())
  // The machine's Python moving from 3.11 to 3.12 leaves links that work and packages that are not found.
  return stamp !== null && existsSync(executable) && realpathSync(executable) === stamp ? executable : null
}

/**
 * Built where it stays, and stamped when it is whole: the programs of a virtual environment carry its path, so
 * it cannot be built aside and moved. Two runs do not meet here, they are kept apart by the lock.
 * @param {string} base
 */
async function buildVenv(base) {
  const dir = venvDir()
  rmSync(dir, { recursive: true, force: true })
  const made = await run([base, '-m', 'venv', dir], { env: cleanEnvironment() })
  if (made.code !== 0)
    throw explain('Making a virtual environment', made.output, writeLog('venv', made.output))
  const executable = join(dir, 'bin/python')
  const installed = await run(
    [
      executable,
      '-m',
      'pip',
      'install',
      '--quiet',
      '--no-input',
      '--disable-pip-version-check',
      '--retries=2',
      '--require-hashes',
      '--only-binary=:all:',
      '--requirement',
      requirementsFile,
    ],
    { env: cleanEnvironment() },
  )
  if (installed.code !== 0)
    throw explain('Installing Synapse', installed.output, writeLog('pip', installed.output))
  writeFileSync(stampFile(), realpathSync(executable))
}

/** The user's pip settings stay, as they may name a mirror; those that install elsewhere do not. */
function cleanEnvironment() {
  const elsewhere = ['PYTHONHOME', 'PYTHONPATH', 'PIP_TARGET', 'PIP_PREFIX', 'PIP_USER']
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !elsewhere.includes(name)))
}

function venvDir() {
  const hash = createHash('sha256').update(readFileSync(requirementsFile)).digest('hex')
  return join(cacheDir(), 'python', hash.slice(0, 16))
}

const stampFile = () => join(venvDir(), 'foyer-complete')
