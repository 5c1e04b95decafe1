import type { ServerResponse } from 'node:http'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startNameServer, type NameServer } from '../testing/name-server.ts'
import { discoverHomeserver, HomeserverDirectory } from './discover.ts'

const FILE = '/.well-known/matrix/client'
const VERSIONS = '/_matrix/client/versions'

type Reply = (response: ServerResponse) => void
const status =
  (code: number, text = ''): Reply =>
  (response) =>
    response.writeHead(code, { 'content-type': 'application/json' }).end(text)
const body = (content: unknown): Reply => status(200, JSON.stringify(content))
const file = (baseUrl: unknown): Reply => body({ 'm.homeserver': { base_url: baseUrl } })
const versions = body({ versions: ['v1.11', 'v1.15'] })

let server: NameServer
let replies: Record<string, Reply> = {}

beforeAll(async () => {
  server = await startNameServer((name, path, response) => {
    const reply = replies[name + path]
    if (reply === undefined) throw new Error('Nobody there')
    reply(response)
  })
})
afterAll(() => server.close())
beforeEach(() => {
  replies = {}
})

const name = 'x.example'
const own = `https://${name}`
const other = 'https://matrix.x.example'

describe('every outcome of the specification, on a real server', () => {
  test.each<[string, Record<string, Reply>, unknown]>([
    [
      'a file that leads to the homeserver',
      { [own + FILE]: file(other), [other + VERSIONS]: versions },
      other,
    ],
    ['a slash at its end', { [own + FILE]: file(`${other}/`), [other + VERSIONS]: versions }, other],
    [
      'a path of its own',
      { [own + FILE]: file(`${other}/m`), [`${other}/m${VERSIONS}`]: versions },
      `${other}/m`,
    ],
    [
      'IGNORE: no file, and the name itself is one',
      { [own + FILE]: status(404), [own + VERSIONS]: versions },
      own,
    ],
    ['IGNORE: no file, and nobody there', { [own + FILE]: status(404) }, 'noServer'],
    [
      'IGNORE: no file, and a web site',
      { [own + FILE]: status(404), [own + VERSIONS]: status(404, '<html>') },
      'noServer',
    ],
    ['nobody at all', {}, 'noServer'],
    ['FAIL_PROMPT: an error', { [own + FILE]: status(500), [own + VERSIONS]: versions }, 'brokenFile'],
    ['FAIL_PROMPT: not allowed', { [own + FILE]: status(403), [own + VERSIONS]: versions }, 'brokenFile'],
    ['FAIL_PROMPT: empty', { [own + FILE]: status(200, '') }, 'brokenFile'],
    ['FAIL_PROMPT: no JSON', { [own + FILE]: status(200, '<html>') }, 'brokenFile'],
    ['FAIL_PROMPT: JSON of another form', { [own + FILE]: body(['x']) }, 'brokenFile'],
    ['FAIL_PROMPT: nothing of a homeserver', { [own + FILE]: body({}) }, 'brokenFile'],
    ['FAIL_PROMPT: no address', { [own + FILE]: body({ 'm.homeserver': {} }) }, 'brokenFile'],
    ['FAIL_PROMPT: an address that is no text', { [own + FILE]: file(7) }, 'brokenFile'],
    ['FAIL_ERROR: an address that is none', { [own + FILE]: file('matrix x') }, 'wrongAddress'],
    ['FAIL_ERROR: another protocol', { [own + FILE]: file('ftp://x.example') }, 'wrongAddress'],
    ['FAIL_ERROR: nobody there', { [own + FILE]: file(other) }, 'wrongAddress'],
    [
      'FAIL_ERROR: no homeserver there',
      { [own + FILE]: file(other), [other + VERSIONS]: body({}) },
      'wrongAddress',
    ],
    ['in the open', { [own + FILE]: file('http://matrix.x.example') }, 'insecure'],
    [
      'far too old',
      { [own + FILE]: file(other), [other + VERSIONS]: body({ versions: ['r0.0.1'] }) },
      'tooOld',
    ],
  ])('%s', async (_, given, outcome) => {
    replies = given
    const found = await discoverHomeserver(server.fetch, name)
    expect(found.ok ? found.value : found.reason).toBe(outcome)
  })

  test('an identity server is not asked, whatever the file says', async () => {
    const identity = { base_url: 'https://identity.example' }
    replies = {
      [own + FILE]: body({ 'm.homeserver': { base_url: other }, 'm.identity_server': identity }),
      [other + VERSIONS]: versions,
    }
    const before = server.asked.length
    expect(await discoverHomeserver(server.fetch, name)).toEqual({ ok: true, value: other })
    expect(server.asked.slice(before).some((asked) => asked.includes('identity'))).toBe(false)
  })
})

describe('a name with a port', () => {
  test('has its file on the host alone', async () => {
    replies = { [own + FILE]: file(other), [other + VERSIONS]: versions }
    expect(await discoverHomeserver(server.fetch, `${name}:8008`)).toEqual({ ok: true, value: other })
  })

  test('is tried itself where the host has no file, or nothing at all', async () => {
    const withPort = `${own}:8008`
    replies = { [own + FILE]: status(404), [withPort + VERSIONS]: versions }
    expect(await discoverHomeserver(server.fetch, `${name}:8008`)).toEqual({ ok: true, value: withPort })
    replies = { [withPort + VERSIONS]: versions }
    expect(await discoverHomeserver(server.fetch, `${name}:8008`)).toEqual({ ok: true, value: withPort })
  })
})

describe('what was found is remembered', () => {
  test('a success for good, a failure only as long as it is being found out', async () => {
    const directory = new HomeserverDirectory(server.fetch)
    const both = await Promise.all([directory.find(name), directory.find(name)])
    expect(both.map((each) => each.ok)).toEqual([false, false])
    replies = { [own + FILE]: status(404), [own + VERSIONS]: versions }
    expect(await directory.find(name)).toEqual({ ok: true, value: own })
    replies = {}
    expect(await directory.find(name)).toEqual({ ok: true, value: own })
  })
})
