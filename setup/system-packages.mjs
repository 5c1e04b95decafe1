import { readdirSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { apt } from './apt.mjs'
import { SetupProblem } from './fail.mjs'
import { findPython } from './find-python.mjs'
import { findVenvPython } from './python.mjs'
import { run, which } from './run.mjs'
import { hasDisplay } from './runtime.mjs'

/**
 * @typedef {{ what: string, packages: readonly string[] }} Need what is missing, and the Debian packages that
 *   have it, newest name first: Ubuntu 24.04 has renamed some, and `libasound2` there is something else
 * @typedef {'start' | 'test' | 'live' | 'practice' | 'all'} Mode
 */

/** What Electron is linked with, and libsecret, which it opens to keep the session safe. */
const libraries = {
  'libgtk-3.so.0': ['libgtk-3-0t64', 'libgtk-3-0'],
  'libnss3.so': ['libnss3'],
  'libgbm.so.1': ['libgbm1'],
  'libasound.so.2': ['libasound2t64', 'libasound2'],
  'libatspi.so.0': ['libatspi2.0-0t64', 'libatspi2.0-0'],
  'libcups.so.2': ['libcups2t64', 'libcups2'],
  'libdrm.so.2': ['libdrm2'],
  'libxkbcommon.so.0': ['libxkbcommon0'],
  'libsecret-1.so.0': ['libsecret-1-0'],
}

/** What the machine itself must bring. Looks for the things, not for packages: any distribution may have them. */
export const systemPackages = {
  /** @param {Mode} mode */
  isReady: async (mode) => (await findMissing(mode)).length === 0,

  /** @param {Mode} mode */
  async install(mode) {
    const missing = await findMissing(mode)
    if (which('apt-get') === null)
      throw new SetupProblem(
        `This machine lacks ${list(missing)}: install what has them with your system's package manager and run again.`,
      )
    await apt(missing.map(({ packages }) => packages))
    const left = await findMissing(mode)
    if (left.length > 0)
      throw new SetupProblem(`apt-get has run, but ${list(left)} is still missing: install it and run again.`)
  },
}

/** @param {Mode} mode @returns {Promise<Need[]>} */
async function findMissing(mode) {
  if (process.platform !== 'linux') return []
  const forWindows = mode === 'practice' ? [] : [...(await missingForElectron()), ...missingPrograms(mode)]
  const forPython = mode === 'live' ? [] : await missingForPython()
  return [...forWindows, ...forPython]
}

/** @returns {Promise<Need[]>} */
async function missingForElectron() {
  const found = await knownLibraries()
  const fonts = hasFonts() ? [] : [{ what: 'a font', packages: ['fonts-dejavu-core'] }]
  // No answer (musl, NixOS): Electron itself will say what it lacks.
  if (found === null) return fonts
  const missing = Object.entries(libraries).filter(([name]) => !found.has(name))
  return [...missing.map(([what, packages]) => ({ what, packages })), ...fonts]
}

/** The libraries that the dynamic linker knows for this processor. */
async function knownLibraries() {
  const ldconfig = which('ldconfig')
  const { code, output } = ldconfig ? await run([ldconfig, '-p']) : { code: 127, output: '' }
  if (code !== 0) return null
  const processor = { x64: 'x86-64', arm64: 'AArch64' }[/** @type {string} */ (process.arch)] ?? ''
  const lines = output.split('\n').filter((line) => line.includes(processor))
  return new Set(lines.map((line) => line.trim().split(' ')[0]))
}

/** @param {Mode} mode @returns {Need[]} */
function missingPrograms(mode) {
  const isForTests = mode === 'test' || mode === 'all'
  /** @type {Need[]} */
  const needs = []
  if (isForTests || !hasDisplay()) needs.push({ what: 'Xvfb', packages: ['xvfb'] })
  // The tests keep a session in a real keyring once.
  if (isForTests) {
    needs.push({ what: 'gnome-keyring-daemon', packages: ['gnome-keyring'] })
    needs.push({ what: 'dbus-run-session', packages: ['dbus-x11'] })
    // Elsewhere it comes as a snap or not at all; the tests with a browser beside Foyer are left out then.
    if (isDebian() && !hasBrowser()) needs.push({ what: 'chromium', packages: ['chromium'] })
  }
  return needs.filter(({ what }) => which(what) === null)
}

function isDebian() {
  try {
    return /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'))
  } catch {
    return false
  }
}

/** A browser for the tests that walk through an account server's pages. */
function hasBrowser() {
  return ['chromium', 'chromium-browser', 'google-chrome'].some((name) => which(name) !== null)
}

/** @returns {Promise<Need[]>} */
async function missingForPython() {
  if (findVenvPython() !== null) return []
  const python = await findPython()
  return python === null || python.hasVenv
    ? []
    : [{ what: "Python's venv", packages: [`${python.name}-venv`] }]
}

function hasFonts() {
  const dirs = [
    '/usr/share/fonts',
    '/usr/local/share/fonts',
    join(homedir(), '.local/share/fonts'),
    join(homedir(), '.fonts'),
  ]
  return dirs.some((dir) => containsFont(dir, 4))
}

/** @param {string} dir @param {number} depth @returns {boolean} */
function containsFont(dir, depth) {
  try {
    return readdirSync(dir, { withFileTypes: true }).some((entry) =>
      entry.isFile()
        ? /\.(ttf|otf|ttc)$/i.test(entry.name)
        : depth > 0 && containsFont(join(dir, entry.name), depth - 1),
    )
  } catch {
    return false
  }
}

/** @param {readonly Need[]} needs */
const list = (needs) => needs.map(({ what }) => what).join(', ')
