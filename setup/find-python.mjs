import { which, run } from './run.mjs'

/** The machine's own first, then the versions that the locked requirements are tried with. */
const names = ['python3', 'python3.13', 'python3.12', 'python3.11', 'python3.14']

/** @typedef {{ name: string, path: string, hasVenv: boolean }} Python hasVenv: Debian ships that part separately */

/**
 * The first Python that is new enough, one that can make a virtual environment preferred.
 * @returns {Promise<Python | null>}
 */
export async function findPython() {
  /** @type {Python | null} */
  let second = null
  for (const name of names) {
    const path = which(name)
    if (path === null) continue
    // Asked by running it: a pyenv shim exists for versions that it then refuses to run.
    const { code, output } = await run([
      path,
      '-c',
      'import sys, importlib.util as u; print(*sys.version_info[:2], u.find_spec("ensurepip") is not None)',
    ])
    const [major, minor, hasVenv] = code === 0 ? output.trim().split(' ') : []
    if (major !== '3' || Number(minor) < 11) continue
    if (hasVenv === 'True') return { name, path, hasVenv: true }
    second ??= { name, path, hasVenv: false }
  }
  return second
}
