import { spawn } from 'node:child_process'
import { accessSync, constants, mkdirSync, writeFileSync } from 'node:fs'
import { basename, delimiter, dirname, join } from 'node:path'
import { cacheDir } from './cache.mjs'
import { noteChild } from './lock.mjs'

/** @typedef {{ code: number, output: string }} Outcome */

/**
 * Runs a program quietly and keeps what it prints. Never throws: a program that is not there answers 127.
 * @param {readonly string[]} command program and arguments
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<Outcome>}
 */
export function run([program = '', ...args], options = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
    noteChild(child.pid)
    let output = ''
    /** @param {Buffer} chunk */
    const keep = (chunk) => {
      output = (output + chunk.toString()).slice(-200_000)
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.once('error', (error) => settle(127, error.message))
    child.once('close', (code) => settle(code ?? 1, ''))

    /** @param {number} code @param {string} note */
    function settle(code, note) {
      noteChild(undefined)
      resolve({ code, output: output + note })
    }
  })
}

/**
 * Keeps the output of a failed program where the failure's sentence can point at.
 * @param {string} name
 * @param {string} output
 * @returns {string} the file
 */
export function writeLog(name, output) {
  const file = join(cacheDir(), 'logs', `${name}.log`)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, output)
  return file
}

/**
 * The full path of a program, or null. /usr/sbin is looked at too: Debian leaves it out of a normal user's PATH.
 * @param {string} program
 */
export function which(program) {
  for (const dir of [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin']) {
    try {
      accessSync(join(dir, program), constants.X_OK)
      return join(dir, program)
    } catch {
      continue
    }
  }
  return null
}

/**
 * How to call npm: the one that called us, where there is one. On Windows `npm` is a .cmd file, which Node
 * starts only through a shell; its JavaScript sits beside Node.
 * @returns {readonly string[]}
 */
export function npm() {
  const caller = process.env.npm_execpath
  if (caller && basename(caller) === 'npm-cli.js') return [process.execPath, caller]
  if (process.platform === 'win32')
    return [process.execPath, join(dirname(process.execPath), 'node_modules/npm/bin/npm-cli.js')]
  return ['npm']
}

/** npm's own first pause between tries is ten seconds: too long to learn that there is no network. */
export const npmRetries = [
  '--fetch-retries=2',
  '--fetch-retry-mintimeout=1000',
  '--fetch-retry-maxtimeout=4000',
]
