// Brings in what starting, testing and practising need, each only when it is missing or out of date.
// Uses nothing but Node 20: it runs before there is anything else. README.md tells how it is put together.
//
//   node setup/main.mjs [start | test | live | practice]      no word: everything

import { clearPartial, prepareCache } from './cache.mjs'
import { electron, findElectron } from './electron.mjs'
import { SetupProblem, sentenceFor } from './fail.mjs'
import { withLock } from './lock.mjs'
import { node, packages } from './packages.mjs'
import { basePython, findVenvPython, platformWithSynapse, python } from './python.mjs'
import { writeRuntime } from './runtime.mjs'
import { systemPackages } from './system-packages.mjs'

/**
 * In this order: what can stop the set-up at once comes before what takes long.
 * @typedef {{ isReady(mode: Mode): boolean | Promise<boolean>, install(mode: Mode): void | Promise<void> }} Step
 * @typedef {import('./system-packages.mjs').Mode} Mode
 * @type {Record<Mode, readonly Step[]>}
 */
const stepsByMode = {
  all: [platformWithSynapse, basePython, systemPackages, packages, node, electron, python],
  test: [platformWithSynapse, basePython, systemPackages, packages, node, electron, python],
  start: [platformWithSynapse, basePython, systemPackages, packages, node, electron, python],
  live: [systemPackages, packages, node, electron],
  practice: [platformWithSynapse, basePython, systemPackages, packages, node, python],
}

try {
  await setUp(process.argv[2] ?? 'all')
} catch (error) {
  console.error(`Foyer: ${sentenceFor(error)}`)
  if (process.env.FOYER_DEBUG === '1') console.error(error)
  process.exitCode = 1
}

/** @param {string} word */
async function setUp(word) {
  if (Number(process.versions.node.split('.')[0]) < 20)
    throw new SetupProblem(
      `Foyer needs Node 20 or newer and this is ${process.versions.node}: install a newer one and run again.`,
    )
  if (!isMode(word))
    throw new SetupProblem(`The set-up knows ${Object.keys(stepsByMode).join(', ')}, not "${word}".`)
  const steps = stepsByMode[word]

  // The usual case, everything there, takes no lock.
  if (!(await allReady(steps, word))) {
    prepareCache()
    await withLock(() => installMissing(steps, word))
  }
  writeRuntime({ ...findElectron(), python: findVenvPython() })
}

/** @param {readonly Step[]} steps @param {Mode} mode */
async function installMissing(steps, mode) {
  clearPartial()
  for (const step of steps) {
    // Asked again: the run we may have waited for has done some of it.
    if (!(await step.isReady(mode))) await step.install(mode)
  }
}

/** @param {readonly Step[]} steps @param {Mode} mode */
async function allReady(steps, mode) {
  for (const step of steps) if (!(await step.isReady(mode))) return false
  return true
}

/** @param {string} word @returns {word is Mode} */
function isMode(word) {
  return Object.hasOwn(stepsByMode, word)
}
