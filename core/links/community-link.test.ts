import * as check from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  foyerUri,
  isSiteManifest,
  pageLink,
  parseCommunityLink,
  type CommunityLink,
} from './community-link.ts'

const whole: CommunityLink = {
  target: { kind: 'room', address: '#space:example.org', via: ['example.org', 'matrix.org'] },
  homeserver: 'example.org',
  token: 'axolotl-welcome',
  preset: 'suggested',
}

describe('links into a community', () => {
  test('a link carries the community, a homeserver, a token and a preset there and back', () => {
    expect(parseCommunityLink(foyerUri(whole))).toEqual({ ok: true, value: whole })
    const page = pageLink(whole, 'https://example.org/chat/#old')
    expect(page.startsWith('https://example.org/chat/#join=%23space%3Aexample.org&')).toBe(true)
    expect(parseCommunityLink(page)).toEqual({ ok: true, value: whole })
  })

  test('every valid link survives, whatever is in it', () => {
    const name = check.stringMatching(/^[a-z0-9]{1,12}\.(org|net)$/)
    const links = check.record({
      target: check.oneof(
        check.record({
          kind: check.constant('room' as const),
          address: check
            .tuple(check.stringMatching(/^[\p{L}&=+%#?/_ -]{1,20}$/u), name)
            .map(([a, s]) => `#${a}:${s}`),
          via: check.array(name, { maxLength: 3 }),
        }),
        check.record({
          kind: check.constant('manifest' as const),
          url: name.map((host) => `https://${host}/a%20b?c=d&e=f`),
        }),
      ),
      homeserver: check.option(name),
      token: check.option(check.stringMatching(/^[A-Za-z0-9._~-]{1,64}$/)),
      preset: check.option(check.constantFrom('all', 'helpers-2')),
    })
    check.assert(
      check.property(links, (link) => {
        expect(parseCommunityLink(foyerUri(link))).toEqual({ ok: true, value: link })
        expect(parseCommunityLink(pageLink(link, 'https://x.example/'))).toEqual({ ok: true, value: link })
      }),
    )
  })

  test.each([
    '#space:example.org',
    'https://matrix.to/#/%23space%3Aexample.org',
    'matrix:r/space:example.org',
  ])('any other link to a room is one too: %s', (text) => {
    expect(parseCommunityLink(text)).toMatchObject({
      ok: true,
      value: { target: { kind: 'room', address: '#space:example.org' }, homeserver: null, token: null },
    })
  })

  test.each([
    ['galaxyproject.org', 'https://galaxyproject.org/.well-known/matrix/org.foyer.onboarding'],
    [' https://Galaxyproject.org/ ', 'https://galaxyproject.org/.well-known/matrix/org.foyer.onboarding'],
    ['http://galaxyproject.org', 'https://galaxyproject.org/.well-known/matrix/org.foyer.onboarding'],
    ['gärten.example', 'https://xn--grten-gra.example/.well-known/matrix/org.foyer.onboarding'],
    ['https://example.org/foyer.json?v=2', 'https://example.org/foyer.json?v=2'],
  ])('a website, and a page on the web: %s', (text, url) => {
    expect(parseCommunityLink(text)).toMatchObject({
      ok: true,
      value: { target: { kind: 'manifest', url }, token: null },
    })
    expect(isSiteManifest(url)).toBe(!text.includes('json'))
  })

  test.each([
    'foyer:///?join=%23space%3Aexample.org',
    'foyer://?join=%23space%3Aexample.org',
    'FOYER:?join=%23space:example.org',
    ' https://example.org/#join=%23space%3Aexample.org ',
  ])('forms that systems and people make of it: %s', (text) => {
    expect(parseCommunityLink(text)).toMatchObject({
      ok: true,
      value: { target: { address: '#space:example.org' } },
    })
  })

  test.each([
    ['', 'empty'],
    ['foyer:?server=example.org', 'notALink'],
    ['foyer:?join=javascript:alert(1)', 'notALink'],
    ['foyer:?join=file:///etc/passwd', 'notALink'],
    ['foyer:?join=http://example.org/manifest.json', 'notALink'],
    ['foyer:?join=https://ada:secret@example.org/', 'notALink'],
    ['foyer:?join=%23a%E2%80%AEb:example.org', 'notALink'],
    ['foyer:?join=%23a:example.org&server=ex%20ample', 'badPart'],
    ['foyer:?join=%23a:example.org&token=a%20b', 'badPart'],
    ['foyer:?join=%23a:example.org&preset=../x', 'badPart'],
    ['foyer:?join=%23a:example.org&via=http://x', 'badPart'],
    [`foyer:?join=%23a:example.org&x=${'y'.repeat(5000)}`, 'tooLong'],
    ['http://example.org/foyer.json', 'notALink'],
    ['https://ada:secret@example.org/', 'notALink'],
    ['https://matrix.to/#/nonsense', 'notALink'],
    ['https://app.element.io/#/home', 'notALink'],
    ['localhost', 'notALink'],
    ['127.0.0.1', 'notALink'],
    ['https://0x7f000001/', 'notALink'],
    ['galaxy chat', 'notALink'],
    ['galaxy', 'notALink'],
    ['ada@example.org', 'notALink'],
    ['example.org:8448', 'notALink'],
    ['javascript:alert(1)', 'notALink'],
    ['https://matrix.to/#/@ada:example.org', 'person'],
    ['foyer:?%%%', 'notALink'],
  ])('%s is refused as %s', (text, reason) => {
    expect(parseCommunityLink(text)).toEqual({ ok: false, reason })
  })

  test('never throws', () => {
    check.assert(
      check.property(check.string({ unit: 'binary' }), (text) => void parseCommunityLink(`foyer:?${text}`)),
    )
    check.assert(check.property(check.string({ unit: 'binary' }), (text) => void parseCommunityLink(text)))
  })
})
