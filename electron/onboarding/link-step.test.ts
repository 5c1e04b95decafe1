import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Agent } from 'undici'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { amongStrangers } from '../../matrix/homeserver/strangers.ts'
import type { Fetch } from '../../matrix/http/fetch.ts'
import { PassRun } from './testing/pass-run.ts'

const WELL_KNOWN = '/.well-known/matrix/org.foyer.onboarding'
const manifest = JSON.stringify({
  version: 2,
  name: 'Garden Club',
  space: { address: '#garden:garden.example' },
  rooms: [{ address: '#lobby:garden.example', label: 'Say hello' }],
})
const pages: Readonly<Record<string, string>> = {
  [`garden.example${WELL_KNOWN}`]: manifest,
  'garden.example/foyer.yaml':
    'version: 2\nname: Garden Club\nspace: { address: "#garden:garden.example" }\n',
  'garden.example/about': '<!doctype html><title>About us</title>',
  [`odd.example${WELL_KNOWN}`]: '<!doctype html><title>Nothing here</title>',
}

let server: Server
let run: PassRun
let asked: string[] = []
const agent = new Agent()

beforeAll(async () => {
  server = createServer((request, response) => {
    const page = pages[`${request.headers['x-host'] as string}${request.url}`]
    response.writeHead(page === undefined ? 404 : 200).end(page)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterEach(() => run.onboarding.stop())
afterAll(async () => {
  await agent.destroy()
  server.close()
})

describe('the link field', () => {
  test.each(['garden.example', 'https://Garden.example/', 'https://garden.example/foyer.yaml'])(
    'opens the community that %s is about',
    async (text) => {
      open(text)
      const { community } = await run.until('preview')
      expect(community).toMatchObject({ name: 'Garden Club', space: { address: '#garden:garden.example' } })
    },
  )

  test.each([
    ['bare.example', 'noCommunity'],
    ['odd.example', 'noCommunity'],
    ['https://garden.example/gone.json', 'missing'],
    ['https://garden.example/about', 'badFile'],
    ['silent.example', 'unreachable'],
    ['inside.example', 'badLink'],
    ['https://127.0.0.1/foyer.json', 'badLink'],
    ['https://[::1]/foyer.json', 'badLink'],
    ['http://garden.example/foyer.yaml', 'badLink'],
  ] as const)('says of %s: %s', async (text, reason) => {
    open(text)
    const { link } = await run.until('welcome', (state) => state.link.kind === 'failed')
    expect(link).toEqual({ kind: 'failed', reason })
    if (reason === 'badLink') expect(asked).toEqual([])
  })
})

function open(text: string): void {
  asked = []
  run = new PassRun(agent, undefined, { fetch, resolveHost, strangers: amongStrangers(fetch, resolveHost) })
  run.send({ type: 'openLink', text })
}

const resolveHost = async (name: string): Promise<string[]> =>
  name === 'inside.example' ? ['10.0.0.7'] : ['93.184.216.34']

/** The web, whose pages are all on a server of this computer's. */
const fetch: Fetch = async (input, init) => {
  const url = new URL(input instanceof Request ? input.url : input)
  asked.push(url.href)
  if (url.hostname === 'silent.example') throw new TypeError('fetch failed')
  const { port } = server.address() as AddressInfo
  const headers = { ...(init?.headers as Record<string, string>), 'x-host': url.hostname }
  return globalThis.fetch(`http://127.0.0.1:${port}${url.pathname}`, { ...init, headers })
}
