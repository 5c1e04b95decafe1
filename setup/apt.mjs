import { explain, SetupProblem } from './fail.mjs'
import { run, which, writeLog } from './run.mjs'
import { progress } from './say.mjs'

/**
 * Installs Debian packages, or says what to type where that takes a password.
 * @param {readonly (readonly string[])[]} choices for each package the names it goes by, the preferred one first
 */
export async function apt(choices) {
  const prefix = await rootPrefix()
  if (prefix === null) {
    const command = commandToType((await choose(choices)) ?? choices.map(lastName))
    throw new SetupProblem(`System packages are missing; type this once, then run again:\n\n  ${command}\n`)
  }
  let names = await choose(choices)
  if (names === null) {
    // The package lists were never fetched, as in a fresh container.
    await updateLists(prefix)
    names = (await choose(choices)) ?? choices.map(lastName)
  }
  await installPackages(prefix, names)
}

/** @param {readonly string[]} prefix @param {readonly string[]} names */
async function installPackages(prefix, names) {
  const command = [
    ...prefix,
    'apt-get',
    ...waitForOthers,
    'install',
    '-y',
    '-q',
    '--no-install-recommends',
    ...names,
  ]
  const outcome = await progress(`Installing system packages (${names.join(' ')})`, async () => {
    const first = await run(command)
    if (first.code === 0) return first
    // Lists that are too old name files that are gone.
    await run([...prefix, 'apt-get', ...waitForOthers, 'update', '-q'])
    return run(command)
  })
  if (outcome.code !== 0)
    throw explain('Installing system packages', outcome.output, writeLog('apt', outcome.output))
}

/** @param {readonly string[]} prefix */
async function updateLists(prefix) {
  await progress('Fetching the list of system packages', () =>
    run([...prefix, 'apt-get', ...waitForOthers, 'update', '-q']),
  )
}

/** Unattended upgrades like to hold apt's lock when a machine is fresh. */
const waitForOthers = ['-o', 'DPkg::Lock::Timeout=120']

/** What to put before a command to run it as root without a question; null: there is no such way. */
async function rootPrefix() {
  const quiet = ['env', 'DEBIAN_FRONTEND=noninteractive']
  if (process.getuid?.() === 0) return quiet
  const sudo = which('sudo')
  if (sudo === null || (await run([sudo, '-n', 'true'])).code !== 0) return null
  return [sudo, '-n', ...quiet]
}

/**
 * The name of each package that apt can really install (a name may live on only as a virtual one).
 * @param {readonly (readonly string[])[]} choices
 * @returns {Promise<string[] | null>} null: some have no candidate at all
 */
async function choose(choices) {
  const { output } = await run(['env', 'LC_ALL=C', 'apt-cache', 'policy', ...choices.flat()])
  const available = availablePackages(output)
  const names = choices.map((aliases) => aliases.find((name) => available.has(name)))
  return names.every((name) => name !== undefined) ? [...new Set(names)] : null
}

/**
 * Reads `apt-cache policy`: the packages that have a candidate.
 * @param {string} output
 */
export function availablePackages(output) {
  const sections = output.split(/^(?=\S)/m)
  return new Set(
    sections
      .filter((section) => /^ {2}Candidate: (?!\(none\))/m.test(section))
      .map((section) => section.slice(0, section.indexOf(':'))),
  )
}

/** @param {readonly string[]} names */
function commandToType(names) {
  const install = `apt-get install -y --no-install-recommends ${names.join(' ')}`
  return which('sudo') === null
    ? `su -c 'apt-get update && ${install}'`
    : `sudo apt-get update && sudo ${install}`
}

/** @param {readonly string[]} aliases the oldest name, which newer systems mostly still resolve */
const lastName = (aliases) => aliases.at(-1) ?? ''
