import * as check from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MAX_LINK_FILE, readLinkFile } from './link-file.ts'

const manifest = { version: 2, name: 'Example', rooms: [{ address: '#lobby:example.org' }] }

describe('.foyer files', () => {
  test('a link', () => {
    expect(readLinkFile('foyer:?join=%23a%3Aexample.org&token=abc\n')).toMatchObject({
      ok: true,
      value: { kind: 'link', link: { target: { address: '#a:example.org' }, token: 'abc' } },
    })
  })

  test('a manifest, as JSON or YAML', () => {
    for (const text of [
      JSON.stringify(manifest),
      'version: 2\nname: Example\nrooms: [{ address: "#lobby:example.org" }]\n',
    ])
      expect(readLinkFile(text)).toMatchObject({
        ok: true,
        value: { kind: 'manifest', link: { token: null } },
      })
  })

  test('an address or a whole manifest with what belongs to it', () => {
    const parts = { server: 'Example.org', token: 'abc', preset: 'all' }
    expect(readLinkFile(JSON.stringify({ join: '#a:example.org', ...parts }))).toMatchObject({
      value: { kind: 'link', link: { homeserver: 'example.org', token: 'abc', preset: 'all' } },
    })
    expect(readLinkFile(JSON.stringify({ join: manifest, ...parts }))).toMatchObject({
      value: { kind: 'manifest', manifest: { name: 'Example' }, link: { homeserver: 'example.org' } },
    })
  })

  test.each([
    ['', 'nothing'],
    ['{"join": 7}', 'a number'],
    ['{"join": "javascript:alert(1)"}', 'a script'],
    [JSON.stringify({ join: manifest, token: 'a b' }), 'a token that is none'],
    ['x'.repeat(MAX_LINK_FILE + 1), 'too much'],
    ['\u0000\u0001', 'no text'],
  ])('%s (%s) leads nowhere', (text) => {
    expect(readLinkFile(text).ok).toBe(false)
  })

  test('never throws', () => {
    check.assert(check.property(check.string({ unit: 'binary' }), (text) => void readLinkFile(text)))
    check.assert(check.property(check.json(), (text) => void readLinkFile(text)))
  })
})
