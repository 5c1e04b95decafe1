#!/usr/bin/env node
// The command `foyer`. Plain JavaScript that any Node since 20 understands; where Node can't run TypeScript as it
// is (before 22.18), the newer one that the set-up brought along takes over.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { constants } from 'node:os'
import { fileURLToPath } from 'node:url'

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major > 22 || (major === 22 && minor >= 18)) await import('./main.ts')
else {
  const node = fileURLToPath(new URL('../node_modules/.bin/node', import.meta.url))
  if (existsSync(node)) handOver(node)
  else {
    console.error(`foyer needs Node 22.18 or later, and this is ${process.versions.node}.`)
    process.exitCode = 1
  }
}

/** @param {string} node */
function handOver(node) {
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' })
  // At a terminal Ctrl-C reaches the child twice then, which it takes for once.
  for (const name of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(name, () => child.kill(name))
  }
  child.once('error', (error) => {
    console.error(`foyer could not start: ${error.message}`)
    process.exitCode = 1
  })
  child.once('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal ?? 'SIGTERM']))
}
