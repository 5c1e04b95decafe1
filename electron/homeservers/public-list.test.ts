import { expect, test } from 'vitest'
import type { PublicServers } from '../../core/homeservers/catalogue.ts'
import { json, scripted } from '../../matrix/testing/scripted-fetch.ts'
import { PublicList, type KeptList, type RefreshedList } from './public-list.ts'

const from = 'https://list.example/homeservers.json'
const now = Date.UTC(2026, 10, 21)
const DAY = 24 * 60 * 60_000

function list(date: string, name: string, more: object = {}): PublicServers {
  const servers = [{ name, isSuggested: true, source: 'a test' }]
  return { version: 1, date, refreshFrom: from, servers, ...more }
}

function kept(content: RefreshedList | null = null): KeptList {
  return {
    get: () => content,
    set: (next) => {
      content = next
    },
  }
}

const bundled = list('2026-11-20', 'bundled.example')

test('a newer list takes the bundled one’s place, and is asked for once a day', async () => {
  const { fetch, asked } = scripted(() => json(list('2026-12-01', 'newer.example')))
  const known = new PublicList(bundled, kept())
  expect(await known.refresh(fetch, now)).toBe(true)
  expect(known.servers[0]?.name).toBe('newer.example')
  expect(await known.refresh(fetch, now + DAY - 1)).toBe(false)
  expect(asked.map((request) => request.url.href)).toEqual([from])
  await known.refresh(fetch, now + DAY)
  expect(asked).toHaveLength(2)
})

test('a clock that was set back does not keep it from being asked for', async () => {
  const { fetch, asked } = scripted(() => json(list('2026-12-02', 'newer.example')))
  const before = { askedAt: now + 5 * DAY, list: list('2026-12-01', 'kept.example') }
  expect(await new PublicList(bundled, kept(before)).refresh(fetch, now)).toBe(true)
  expect(asked).toHaveLength(1)
})

test('it never asks elsewhere than the bundled list says', async () => {
  const { fetch, asked } = scripted(() =>
    json(list('2027-01-01', 'newer.example', { refreshFrom: 'https://elsewhere.example/' })),
  )
  const known = new PublicList(bundled, kept())
  await known.refresh(fetch, now)
  await known.refresh(fetch, now + DAY)
  expect(asked.map((request) => request.url.href)).toEqual([from, from])
})

test('an answer that brings nothing is not asked for again the same day; no answer is', async () => {
  const { fetch, asked } = scripted(() => json(bundled))
  const known = new PublicList(bundled, kept())
  expect(await known.refresh(fetch, now)).toBe(false)
  expect(await known.refresh(fetch, now + 1)).toBe(false)
  expect(asked).toHaveLength(1)
  const offline = scripted(() => Promise.reject(new TypeError('fetch failed')))
  const other = new PublicList(bundled, kept())
  await other.refresh(offline.fetch, now)
  await other.refresh(offline.fetch, now + 1)
  expect(offline.asked).toHaveLength(2)
})

test('nowhere to ask', async () => {
  const { fetch, asked } = scripted(() => json({}))
  expect(await new PublicList({ ...bundled, refreshFrom: null }, kept()).refresh(fetch, now)).toBe(false)
  expect(asked).toEqual([])
})

test('a list that was kept by an older Foyer gives way to a newer bundled one', () => {
  const before = { askedAt: now, list: list('2026-01-01', 'old.example') }
  expect(new PublicList(bundled, kept(before)).servers[0]?.name).toBe('bundled.example')
})

test.each([
  ['an older one', json(list('2026-01-01', 'old.example'))],
  ['one of another form', json({ ...list('2026-12-01', 'x.example'), version: 2 })],
  ['one with a server that is none', json(list('2026-12-01', 'not a server'))],
  [
    'a script as rules',
    json({ ...bundled, date: '2026-12-01', servers: [{ ...bundled.servers[0], rules: 'javascript:x' }] }),
  ],
  [
    'far too many',
    json({ ...bundled, date: '2026-12-01', servers: Array.from({ length: 501 }, () => bundled.servers[0]) }),
  ],
  ['a page', new Response('<html>')],
  ['an error', json(list('2026-12-01', 'x.example'), 500)],
  ['nothing', null],
])('%s changes nothing', async (_, answer) => {
  const { fetch } = scripted(() => answer ?? Promise.reject(new TypeError('fetch failed')))
  const known = new PublicList(bundled, kept())
  expect(await known.refresh(fetch, now)).toBe(false)
  expect(known.servers).toBe(bundled.servers)
})
