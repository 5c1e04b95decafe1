import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from '@playwright/test'
import { isPrivateHost } from '../../core/addresses/private-host.ts'
import {
  hostileFiles,
  hostileLinks,
  hostileManifests,
  hostilePages,
  MARK,
  type HostileInput,
} from '../../core/testing/hostile.ts'
import { tenMegabytes } from '../../core/testing/large-inputs.ts'
import { hasHiddenCharacters } from '../../core/text/plain-text.ts'
import { dropFile } from '../fixtures/drop-file.ts'
import { expect, test } from '../fixtures/foyer-test.ts'
import { Newcomer } from '../pages/newcomer.ts'

/** A proxy that lets nobody through, and remembers who was asked for. */
class Recorder {
  readonly asked: string[] = []
  readonly #server: Server

  constructor() {
    this.#server = createServer((request, response) => {
      this.asked.push(request.url ?? '')
      response.writeHead(502).end()
    })
    this.#server.on('connect', (request, socket) => {
      this.asked.push((request.url ?? '').replace(/:\d+$/, ''))
      socket.on('error', () => undefined)
      socket.end('HTTP/1.1 502 Nobody\r\n\r\n')
    })
  }

  async open(): Promise<string> {
    await once(this.#server.listen(0, '127.0.0.1'), 'listening')
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  close(): void {
    this.#server.closeAllConnections()
    this.#server.close()
  }
}

let recorder: Recorder
let switches: string[]
test.beforeEach(async () => {
  recorder = new Recorder()
  const proxy = await recorder.open()
  // A name that leads into a private network, as an enemy's own domain may.
  const rules = 'MAP inside.hostile.test 10.1.2.3, MAP *.hostile.test 203.0.113.7'
  switches = [`--proxy-server=${proxy}`, '--proxy-bypass-list=<-loopback>', `--host-resolver-rules=${rules}`]
})
test.afterEach(() => recorder.close())

test('hostile pages, manifests and links show as plain text, reach nobody inside, and join nothing', async ({
  launch,
}) => {
  test.setTimeout(240_000)
  const foyer = await launch({ isLive: true, switches })
  const { app, window } = foyer
  const errors: string[] = []
  window.on('pageerror', (error) => errors.push(String(error)))
  await app.evaluate(() => {
    const net = process.getBuiltinModule('net')
    const sockets: string[] = []
    Object.assign(globalThis, { sockets })
    const connect = Reflect.get(net.Socket.prototype, 'connect') as (...args: unknown[]) => unknown
    Reflect.set(net.Socket.prototype, 'connect', function (this: unknown, ...args: unknown[]) {
      sockets.push(JSON.stringify(args[0]))
      return Reflect.apply(connect, this, args)
    })
  })
  await watchFrames(window)
  const maintainer = new Newcomer(window)
  await maintainer.heading(/^Come in/)

  // Pages: dropped, and their text pasted.
  await maintainer.click(maintainer.button('Add your community'))
  const pages = [...hostilePages(12), ...hostileFiles().filter(({ name }) => /^(deep|wide|nul)\./.test(name))]
  for (const [index, page] of pages.entries()) {
    const isPasted = index % 2 === 0 && page.text.length < 20_000
    await handIn(maintainer, () =>
      isPasted ? paste(maintainer, page.text) : dropFile(window, page.name.slice(0, 200), page.text),
    )
    await isPlain(window, page)
    const { page: shown } = await maintainer.state('adding')
    if (shown.kind === 'read') await maintainer.click(maintainer.button('Another page'))
  }
  // Ten megabytes, of which Foyer takes as much as a community may have. The window goes on meanwhile.
  await handIn(maintainer, () => dropFile(window, 'large.md', tenMegabytes().slice(0, 10_000_000)))
  expect((await maintainer.state('adding')).page).toMatchObject({ kind: 'read', rooms: { length: 5_000 } })
  await maintainer.click(maintainer.button('Another page'))
  // Reading a page asks nobody, whatever is in it.
  const before = recorder.asked.filter((name) => /test$|club|nowhere/.test(name))
  expect(before).toEqual([])
  await maintainer.back()

  // Manifests: dropped.
  await maintainer.heading(/^Come in/)
  const files = [
    ...hostileManifests(14),
    ...hostileFiles().filter(({ name }) => /^(bomb|full|proto|deep)\.(foyer|yaml|json)$/.test(name)),
  ]
  for (const file of files) {
    await handIn(maintainer, () => dropFile(window, file.name, file.text))
    await isPlain(window, file)
    await toTheDoors(maintainer)
  }

  // Links: pasted.
  for (const text of [
    ...hostileLinks(14),
    '#inside:inside.hostile.test',
    'https://inside.hostile.test/a.json',
  ]) {
    const line = text.replaceAll(/[\r\n]/g, ' ').slice(0, 3_000)
    if (line.trim() !== '') await handIn(maintainer, () => maintainer.pasteLink(line))
    await isPlain(window, { name: 'link', text })
    await toTheDoors(maintainer)
  }

  expect(recorder.asked.filter(isPrivateHost)).toEqual([])
  expect(recorder.asked).not.toContain('inside.hostile.test')
  // The proxy was the way out, so that it could see them.
  expect(recorder.asked.length).toBeGreaterThan(0)
  expect(await app.evaluate(() => (globalThis as unknown as { sockets: string[] }).sockets)).toEqual([])
  expect(errors).toEqual([])
  expect(await longestFrame(window)).toBeLessThan(1_000)
})

async function paste(maintainer: Newcomer, text: string): Promise<void> {
  await maintainer.fill(maintainer.window.getByLabel('The page’s address, or its text'), text)
  await maintainer.click(maintainer.button('Read the page'))
}

/** Hands something in, and waits until Foyer has said what it makes of it. */
async function handIn(maintainer: Newcomer, hand: () => Promise<void>): Promise<void> {
  const { window } = maintainer
  const before = await changes(window)
  await hand()
  await expect
    .poll(async () => (await changes(window)) > before && (await window.evaluate(isSettled)), {
      intervals: [50],
    })
    .toBe(true)
}

async function isSettled(): Promise<boolean> {
  const state = await window.foyer.getState()
  if (state.step === 'welcome') return state.link.kind === 'failed'
  if (state.step === 'preview') return state.phase !== 'asking'
  if (state.step !== 'adding') return false
  return state.page.kind === 'read' || (state.page.kind === 'none' && state.page.problem !== null)
}

/** How often the state has changed since the window is watched. */
function changes(window: Page): Promise<number> {
  return window.evaluate(() => (globalThis as unknown as { watch: { changes: number } }).watch.changes)
}

async function toTheDoors(maintainer: Newcomer): Promise<void> {
  const step = await maintainer.window.evaluate(async () => (await window.foyer.getState()).step)
  // Whatever it is, it is looked at only.
  expect(['welcome', 'preview']).toContain(step)
  if (step === 'preview') await maintainer.window.keyboard.press('Escape')
  await maintainer.heading(/^Come in/)
}

/** Nothing of the input has become an element, an attribute or a script, and no character turns others around. */
async function isPlain(window: Page, { name, text }: HostileInput): Promise<void> {
  const found = await window.evaluate((mark) => {
    const foreign = [
      mark,
      `[data-${mark}]`,
      'img, iframe, object, embed, base, form[action], meta[http-equiv=refresh], style',
      'a[href]:not([href^="https:"]):not([href^="mailto:"]):not([href^="matrix:"])',
      'script:not([src^="./"]):not([src^="/"]):not([src^="foyer-app:"])',
    ].join(', ')
    const all = [...document.querySelectorAll('*')]
    const handlers = all.filter((element) =>
      element.getAttributeNames().some((each) => each.startsWith('on')),
    )
    const shown = document.body.innerText
    return {
      elements: [...document.querySelectorAll(foreign), ...handlers].map((each) =>
        each.outerHTML.slice(0, 200),
      ),
      title: document.title,
      shown: shown.slice(0, 100_000),
      isUp:
        document.querySelectorAll('h1').length === 1 && getComputedStyle(document.body).display !== 'none',
    }
  }, MARK)
  const what = `${name}: ${JSON.stringify(text.slice(0, 300))}`
  expect(found, what).toMatchObject({ elements: [], isUp: true })
  expect(hasHiddenCharacters(found.shown.replaceAll(/[\n\t]/g, ' ')), what).toBe(false)
  expect(found.title, what).not.toContain(MARK)
}

async function watchFrames(page: Page): Promise<void> {
  await page.evaluate(() => {
    let last = performance.now()
    const watch = { longest: 0, changes: 0 }
    Object.assign(globalThis, { watch })
    window.foyer.onChange(() => (watch.changes += 1))
    const look = (): void => {
      const now = performance.now()
      watch.longest = Math.max(watch.longest, now - last)
      last = now
      requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
  })
}

function longestFrame(window: Page): Promise<number> {
  return window.evaluate(() => (globalThis as unknown as { watch: { longest: number } }).watch.longest)
}
