import { expect, test } from 'vitest'
import { looksLikeManifest } from './looks-like-manifest.ts'

test.each([
  ['a.json', ''],
  ['a.yaml', 'rooms: ['],
  ['club.foyer', '# Club'],
  ['a.txt', '{ "version": 2 }'],
  ['a.md', '{"version": 2, '],
  ['a.txt', '\uFEFF# ours\nversion: 2\nrooms: ['],
  ['a.txt', 'name: Club\nrooms:\n  - address: "#a:b.c"\n'],
  ['', '---\nname: Club\nspace: { address: "#a:b.c" }\n'],
])('%s with %j is a manifest', (name, text) => {
  expect(looksLikeManifest(text, name)).toBe(true)
})

test.each([
  ['a.md', '---\nversion: 2\nrooms: 3\n---\n\n# Rooms\n'],
  ['a.txt', '---\ntitle: Club\npublished: true\n---\n\n- #a:b.c\n'],
  ['a.txt', '# Rooms\n\n- #a:b.c\n'],
  ['a.txt', 'Rooms: see below\n'],
  ['a', '{{< menu >}}\n# Rooms'],
  ['a', '{% include x %}'],
  ['a.wiki', '{|\n! Name\n|}'],
  ['a.html', '<!doctype html>'],
  ['', ''],
])('%s with %j is a page', (name, text) => {
  expect(looksLikeManifest(text, name)).toBe(false)
})
