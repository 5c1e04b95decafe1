import { describe, expect, test } from 'vitest'
import { availablePackages } from './apt.mjs'
import { cacheDir } from './cache.mjs'
import { explain, networkAdvice, sentenceFor, SetupProblem } from './fail.mjs'
import { isStale } from './lock.mjs'
import { isAcceptedNode, isInstalled } from './packages.mjs'

describe('what went wrong is said in one sentence', () => {
  test.each([
    ['npm error code ENOTFOUND', 'could not be reached'],
    ['npm error code EINTEGRITY sha512-…', 'checksum differs'],
    ['OSError: [Errno 28] No space left on device', 'free some space'],
    ['SELF_SIGNED_CERT_IN_CHAIN ECONNRESET', 'NODE_EXTRA_CA_CERTS'],
    ['THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE', 'checksum differs'],
  ])('%s', (output, sentence) => {
    expect(sentenceFor(explain('Installing', output))).toContain(sentence)
  })

  test('proxies are named, their passwords are not', () => {
    const advice = networkAdvice({ HTTPS_PROXY: 'http://ada:secret@proxy' })
    expect(advice).toContain('HTTPS_PROXY')
    expect(advice).not.toContain('secret')
  })

  test('an unforeseen error too', () => {
    expect(sentenceFor(new SetupProblem('Do this.'))).toBe('Do this.')
    expect(sentenceFor(new TypeError('x is not a function'))).toContain('FOYER_DEBUG=1')
  })
})

test('the cache is where XDG says, and a relative path there is ignored', () => {
  expect(cacheDir({ XDG_CACHE_HOME: '/var/tmp/cache' })).toBe('/var/tmp/cache/foyer')
  expect(cacheDir({ XDG_CACHE_HOME: 'cache' })).toMatch(/^\/.*\/foyer$/)
})

test('a lock is stale when its owner and the owner’s child are gone', () => {
  const gone = { pid: process.pid, started: 'another time' }
  const alive = { pid: process.ppid, started: null }
  expect(isStale(JSON.stringify({ owner: gone, child: null }))).toBe(true)
  expect(isStale('half a lo')).toBe(true)
  expect(isStale(null)).toBe(false)
  // Off Linux there is no start time, and the pid alone decides.
  if (process.platform !== 'linux') expect(isStale(JSON.stringify({ owner: gone, child: alive }))).toBe(false)
})

test.each([
  ['20.20.2', false],
  ['22.21.0', false],
  ['22.22.2', true],
  ['23.11.0', false],
  ['24.15.0', true],
  ['27.0.0', true],
])('Node %s is accepted: %s', (version, expected) => {
  expect(isAcceptedNode(version)).toBe(expected)
})

test('packages count as installed when npm has noted each of them, optional ones aside', () => {
  const lock = {
    packages: { '': {}, setup: { version: '1.0.0' }, absent: { version: '2.0.0', optional: true } },
  }
  expect(isInstalled(lock, { packages: { setup: { version: '1.0.0' } } })).toBe(true)
  expect(isInstalled(lock, { packages: { setup: { version: '0.9.0' } } })).toBe(false)
  expect(isInstalled(lock, { packages: {} })).toBe(false)
})

test('apt knows a package only when it has a candidate', () => {
  const policy = [
    'libasound2:\n  Installed: (none)\n  Candidate: (none)\n  Version table:\n',
    'libasound2t64:\n  Installed: (none)\n  Candidate: 1.2.11\n  Version table:\n     1.2.11 500\n',
  ].join('')
  expect([...availablePackages(policy)]).toEqual(['libasound2t64'])
})
