import { expect, test } from 'vitest'
import { outsideLink } from './arguments.ts'

test.each([
  [['foyer', 'foyer:?join=x'], { kind: 'link', text: 'foyer:?join=x' }],
  [['electron', '.', '--user-data-dir=/x', 'FOYER://?join=x'], { kind: 'link', text: 'FOYER://?join=x' }],
  [['foyer', '--no-sandbox', '/home/ada/Mathesar.foyer'], { kind: 'file', text: '/home/ada/Mathesar.foyer' }],
  [['foyer'], null],
  [['/opt/foyer:/foyer', '--x=foyer:?join=x', 'https://example.org/'], null],
])('%j hands over %j', (argv, link) => {
  expect(outsideLink(argv)).toEqual(link)
})
