import { expect, test } from 'vitest'
import { mailDomainOf, parseHomeserverInput, withServer } from './homeserver-input.ts'

test.each([
  ['matrix.org', 'matrix.org', null],
  ['  Matrix.ORG ', 'matrix.org', null],
  ['https://matrix.org/', 'matrix.org', null],
  ['HTTP://Matrix.org', 'matrix.org', null],
  ['//matrix.org', 'matrix.org', null],
  ['https://matrix.org/_matrix/client', 'matrix.org', null],
  ['https://matrix.org?utm=1', 'matrix.org', null],
  ['matrix.org:8448', 'matrix.org', null],
  ['https://matrix.org:443/', 'matrix.org', null],
  ['matrix.org:8008', 'matrix.org:8008', null],
  ['localhost:8448', 'localhost', null],
  ['matrix.org.', 'matrix.org', null],
  ['<matrix.org>,', 'matrix.org', null],
  ['matrix\u200b.org\u00a0', 'matrix.org', null],
  ['ｍａｔｒｉｘ．ｏｒｇ', 'matrix.org', null],
  ['matrix。org', 'matrix.org', null],
  ['München.example', 'xn--mnchen-3ya.example', null],
  ['xn--mnchen-3ya.example', 'xn--mnchen-3ya.example', null],
  ['пример.рф', 'xn--e1afmkfd.xn--p1ai', null],
  ['[2001:db8::1]', '[2001:db8::1]', null],
  ['[2001:DB8::1]:8008', '[2001:db8::1]:8008', null],
  ['@me:matrix.org', 'matrix.org', 'me'],
  ['@ me : matrix.org', 'matrix.org', 'me'],
  ['＠ｍｅ：ｍａｔｒｉｘ．ｏｒｇ', 'matrix.org', 'me'],
  // A port in an ID is part of the server's name.
  ['@Me:Example.org:8448', 'example.org:8448', 'me'],
  ['ada:example.org', 'example.org', 'ada'],
  ['@ada:münchen.example', 'xn--mnchen-3ya.example', 'ada'],
  ['https://matrix.to/#/@ada:matrix.org', 'matrix.org', 'ada'],
  ['https://matrix.to/#/%40ada%3Amatrix.org?via=x', 'matrix.org', 'ada'],
  ['matrix:u/ada:matrix.org?action=chat', 'matrix.org', 'ada'],
])('%s is understood', (text, serverName, username) => {
  expect(parseHomeserverInput(text)).toEqual({ ok: true, value: { serverName, username } })
})

test.each([
  ['', 'empty'],
  [' \u200b ', 'empty'],
  ['matrix', 'notAServer'],
  ['my server.org', 'notAServer'],
  ['@me', 'notAServer'],
  ['me@example.org', 'notAServer'],
  ['a..b', 'notAServer'],
  ['a.b:c.d:e', 'notAServer'],
  ['https://user:pass@example.org', 'notAServer'],
  ['javascript:alert(1)', 'notAServer'],
  ['x'.repeat(3000), 'notAServer'],
])('%s is not', (text, reason) => {
  expect(parseHomeserverInput(text)).toEqual({ ok: false, reason })
})

test.each([
  ['ada@tu-dresden.de', 'tu-dresden.de'],
  [' Ada.L@CIT.TUM.de ', 'cit.tum.de'],
  ['<ada＠münchen.example>', 'xn--mnchen-3ya.example'],
  ['mailto:ada@example.org', 'example.org'],
  ['@ada:example.org', null],
  ['ada@example', null],
  ['example.org', null],
  ['a b@example.org', null],
])('the domain of %s', (text, domain) => {
  expect(mailDomainOf(text)).toBe(domain)
})

test('another server in place of a mistyped one', () => {
  expect(withServer('@Ada:matrx.org', 'matrix.org')).toBe('@ada:matrix.org')
  expect(withServer('https://matrx.org/', 'matrix.org')).toBe('matrix.org')
})
