import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import jsqr from 'jsqr'
import { PNG } from 'pngjs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseCommunityLink } from '../core/links/community-link.ts'
import { readArguments } from './arguments.ts'
import { makeLink, makePage } from './link.ts'
import type { LinkOptions } from './link-arguments.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'foyer-link-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const nothing = { manifestUrl: null, homeserver: null, token: null, preset: null }
const made = (options: Partial<LinkOptions>): string[] =>
  makeLink({ community: 'mathesar', ...nothing, pageUrl: null, qrPath: null, ...options })
    .trim()
    .split('\n')

/** What a QR code in an SVG says, drawn by hand from its squares of ten by ten. */
function textIn(svg: string): string | undefined {
  const width = Number(/viewBox="0 0 (\d+) /.exec(svg)?.[1])
  const pixels = new Uint8ClampedArray(width * width * 4).fill(255)
  for (const [, left = '', top = ''] of svg.matchAll(/M(\d+),(\d+)h10v10h-10z/g)) {
    for (let row = 0; row < 10; row++) {
      const start = (Number(top) + row) * width + Number(left)
      for (let pixel = start; pixel < start + 10; pixel++) pixels.fill(0, pixel * 4, pixel * 4 + 3)
    }
  }
  return jsqr(pixels, width, width)?.data
}

describe('foyer link', () => {
  test('a bundled community with everything a workshop needs', () => {
    const [page = '', uri = '', plain = ''] = made({
      pageUrl: 'https://mathesar.org/chat',
      homeserver: 'matrix.mathesar.org',
      token: 'workshop',
      preset: 'all',
    })
    expect(page).toMatch(/^https:\/\/mathesar\.org\/chat#join=/)
    expect(plain).toMatch(/^https:\/\/matrix\.to\/#\/!.*\?via=matrix\.mathesar\.org/)
    for (const link of [page, uri]) {
      expect(parseCommunityLink(link)).toMatchObject({
        ok: true,
        value: { homeserver: 'matrix.mathesar.org', token: 'workshop', preset: 'all' },
      })
    }
  })

  test('a community without a space needs its manifest on the web', () => {
    expect(() => made({ community: 'auxolotl' })).toThrow('--manifest')
    const [uri = ''] = made({ community: 'auxolotl', manifestUrl: 'https://auxolotl.org/foyer.json' })
    expect(parseCommunityLink(uri)).toMatchObject({
      value: { target: { kind: 'manifest', url: 'https://auxolotl.org/foyer.json' } },
    })
  })

  test('the QR code says the link', () => {
    const path = join(folder, 'code.png')
    const [uri = ''] = made({ community: '#space:example.org', qrPath: path })
    const { data, width, height } = PNG.sync.read(readFileSync(path))
    expect(jsqr(new Uint8ClampedArray(data), width, height)?.data).toBe(uri)
    made({ community: '#space:example.org', qrPath: join(folder, 'code.svg') })
    expect(textIn(readFileSync(join(folder, 'code.svg'), 'utf8'))).toBe(uri)
  })

  test('a code with everything in it can still be read', () => {
    const path = join(folder, 'all.svg')
    const [page = ''] = made({
      pageUrl: 'https://mathesar.org/chat',
      homeserver: 'matrix.mathesar.org',
      token: 'w'.repeat(64),
      preset: 'suggested',
      qrPath: path,
    })
    expect(page.length).toBeGreaterThan(200)
    expect(textIn(readFileSync(path, 'utf8'))).toBe(page)
  })

  test.each([
    ['--token', 'a b'],
    ['--preset', '../x'],
    ['--homeserver', 'https://x'],
    ['--page', 'http://example.org'],
    ['--qr', 'code.jpg'],
    ['--manifest', 'http://example.org/foyer.json'],
  ])('%s %s is refused in a sentence', (name, value) => {
    expect(readArguments(['link', 'galaxy', name, value], '1')).toMatchObject({
      kind: 'say',
      exit: 2,
      text: expect.stringContaining(`error: ${name} ${value}`) as string,
    })
  })
})

describe('foyer page', () => {
  test('a file that leads to the rooms', () => {
    const path = join(folder, 'page.html')
    const out = makePage({ community: 'galaxy', ...nothing, outPath: path, downloadUrl: null })
    expect(out).toBe('')
    const html = readFileSync(path, 'utf8')
    expect(html).toContain('https://matrix.to/#/%23galaxyproject_Lobby%3Agitter.im')
    expect(html).not.toContain('Download')
  })

  test('a link is no manifest, and a folder no file', () => {
    const page = { ...nothing, outPath: null, downloadUrl: null }
    expect(() => makePage({ community: '#space:example.org', ...page })).toThrow('needs a manifest')
    writeFileSync(join(folder, 'nothing.json'), '{"version": 2}')
    expect(() => makePage({ community: join(folder, 'nothing.json'), ...page })).toThrow(
      'not a community manifest',
    )
    expect(() => makePage({ community: 'galaxy', ...page, outPath: folder })).toThrow('EISDIR')
  })
})
