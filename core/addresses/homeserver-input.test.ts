import { expect, test } from 'vitest'
import { parseHomeserverInput } from './homeserver-input.ts'

test.each([
  ['matrix.org', 'matrix.org', null],
  ['  Matrix.ORG ', 'matrix.org', null],
  ['https://matrix.org/', 'matrix.org', null],
  ['https://matrix.org/_matrix/client', 'matrix.org', null],
  ['matrix.org:8448', 'matrix.org:8448', null],
  ['matrix.org.', 'matrix.org', null],
  ['@me:matrix.org', 'matrix.org', 'me'],
  ['@Me:Example.org:8448', 'example.org:8448', 'me'],
  ['ada:example.org', 'example.org', 'ada'],
])('%s is understood', (text, serverName, username) => {
  expect(parseHomeserverInput(text)).toEqual({ ok: true, value: { serverName, username } })
})

test.each([
  ['', 'empty'],
  ['matrix', 'notAServer'],
  ['my server.org', 'notAServer'],
  ['@me', 'notAServer'],
  ['me@example.org', 'notAServer'],
  ['a..b', 'notAServer'],
])('%s is not', (text, reason) => {
  expect(parseHomeserverInput(text)).toEqual({ ok: false, reason })
})
