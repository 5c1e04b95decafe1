import { describe, expect, test } from 'vitest'
import { isAlias, isRoomId, isServerName, parseRoomLink, serverOf, viaServers } from './room-address.ts'

describe('what people paste', () => {
  test.each([
    ['#general:auxolotl.org', '#general:auxolotl.org', []],
    ['  <https://matrix.to/#/#SIGPY-GOV:auxolotl.org>  ', '#SIGPY-GOV:auxolotl.org', []],
    ['https://matrix.to/#/%23de-rse.org%3Amatrix.org', '#de-rse.org:matrix.org', []],
    [
      'https://matrix.to/#/!KQLkDbtIMsvcwUIfNy:matrix.mathesar.org?via=matrix.mathesar.org&via=matrix.org',
      '!KQLkDbtIMsvcwUIfNy:matrix.mathesar.org',
      ['matrix.mathesar.org', 'matrix.org'],
    ],
    [
      'https://matrix.to/#/!abc:one.example/$event:one.example?via=one.example',
      '!abc:one.example',
      ['one.example'],
    ],
    ['matrix:r/galaxyproject_Lobby:gitter.im?action=join', '#galaxyproject_Lobby:gitter.im', []],
    ['matrix:roomid/abc:one.example?via=two.example', '!abc:one.example', ['two.example']],
    ['https://app.element.io/#/room/#mathesar:matrix.mathesar.org', '#mathesar:matrix.mathesar.org', []],
    ['!v12roomidwithoutserver?via=one.example', '!v12roomidwithoutserver', ['one.example']],
    ['https://matrix.to/#/#100%-free:one.example', '#100%-free:one.example', []],
  ])('%s', (text, address, via) => {
    expect(parseRoomLink(text)).toEqual({ ok: true, value: { address, via } })
  })

  test.each([
    ['', 'empty'],
    ['   ', 'empty'],
    ['hello', 'notALink'],
    ['#nocolon', 'notALink'],
    ['https://example.org/wiki', 'notALink'],
    ['matrix:', 'notALink'],
    ['javascript:alert(1)', 'notALink'],
    ['@ada:matrix.org', 'person'],
    ['https://matrix.to/#/@ada:matrix.org', 'person'],
  ])('%s is no room', (text, reason) => {
    expect(parseRoomLink(text)).toEqual({ ok: false, reason })
  })

  test('servers named in a link are checked and bounded', () => {
    const via = Array.from({ length: 40 }, (_, index) => `via=s${index}.example`).join('&')
    const link = parseRoomLink(`!room:one.example?via=not%20a%20server&${via}`)
    expect(link.ok && link.value.via).toHaveLength(10)
    expect(link.ok && link.value.via[0]).toBe('s0.example')
  })
})

describe('servers to name in a request', () => {
  test('an alias brings its own server, after those that were named', () => {
    expect(viaServers({ address: '#a:own.example', via: ['first.example'] })).toEqual([
      'first.example',
      'own.example',
    ])
  })

  test('a room ID brings none, since version 12 IDs have no server', () => {
    expect(viaServers({ address: '!a:own.example', via: [] })).toEqual([])
  })

  test('three at most, without repeats', () => {
    const room = { address: '#a:a.example', via: ['a.example', 'b.example', 'c.example', 'd.example'] }
    expect(viaServers(room)).toEqual(['a.example', 'b.example', 'c.example'])
  })
})

test('identifiers', () => {
  expect(isAlias('#a:[2001:db8::1]:8448')).toBe(true)
  expect(isAlias(`#${'a'.repeat(300)}:b.example`)).toBe(false)
  expect(isRoomId('!a b')).toBe(false)
  expect(isServerName('exa mple.org')).toBe(false)
  expect(serverOf('!v12')).toBeNull()
  expect(serverOf('@ada:matrix.org')).toBe('matrix.org')
})
