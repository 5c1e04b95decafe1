import { expect, test, vi } from 'vitest'
import { externalUrl, openExternally } from './external-links.ts'

const openExternal = vi.hoisted(() => vi.fn(() => Promise.resolve()))
vi.mock('electron', () => ({ shell: { openExternal } }))

test.each([
  ['https://matrix.org', 'https://matrix.org/'],
  ['HTTPS://Matrix.org/a b', 'https://matrix.org/a%20b'],
  ['matrix:r/a:x', 'matrix:r/a:x'],
  ['mailto:ada@x.example', 'mailto:ada@x.example'],
  ['element://vector/room', null],
  ['http://x.example', null],
  ['file:///etc/passwd', null],
  ['javascript:alert(1)', null],
  ['data:text/html,x', null],
  ['smb://x/y', null],
  ['ms-msdt:/id', null],
  ['foyer://app', null],
  ['https://matrix.org@evil.example', null],
  ['https://user:pass@x.example', null],
  ['//x.example', null],
  ['not a link', null],
  ['', null],
])('%s', (text, opened) => {
  openExternal.mockClear()
  expect(externalUrl(text)).toBe(opened)
  expect(openExternally(text)).toBe(opened !== null)
  expect(openExternal.mock.calls).toEqual(opened === null ? [] : [[opened]])
})
