import { describe, expect, test } from 'vitest'
import { details, factsOf, roomReport } from '../testing/facts.ts'
import { checkFacts } from './check-facts.ts'
import { checkManifestText } from './check-manifest.ts'

/*
 * Slips that communities' own pages have had, each reduced to a few rows of made-up rooms. Beside each slip stands what
 * has to be found, and nothing but that.
 */

const groups = ['Rust', 'CLI', 'Docs', 'Gnome', 'JavaScript'].flatMap((name) => {
  const short = { JavaScript: 'JS' }[name] ?? name.toUpperCase()
  return [
    { address: `#SIG${short}-GEN:club.example`, label: `SIG:${name} General`, purpose: `Help with ${name}` },
    {
      address: `#SIG${short}-GOV:club.example`,
      label: `SIG:${name} Governance`,
      purpose: `How the ${name} group is run`,
    },
  ]
})
const lobby = { address: '#lobby:club.example', label: 'Lobby', lobby: true, suggested: true }
const club = { version: 2, name: 'Club', space: { address: '#club:club.example' }, rooms: [lobby, ...groups] }

/** The club with one row changed. */
function withRow(label: string, change: object): object {
  const rooms = club.rooms.map((room) => (room.label === label ? { ...room, ...change } : room))
  return { ...club, rooms }
}

/** The club with more rows. */
function withMore(...rows: object[]): object {
  return { ...club, rooms: [...club.rooms, ...rows] }
}

describe('slips of pages', () => {
  test.each<[string, object, string[]]>([
    ['none', club, []],
    ['no link to a space', { ...club, space: undefined }, ['no-space']],
    [
      'the space is named by an ID, with servers',
      { ...club, space: { address: '!KQabc:club.example', via: ['club.example', 'matrix.org'] } },
      ['id-not-alias'],
    ],
    [
      'the same address is “all rooms” here and “the lobby” there',
      withMore(
        { address: '#other:club.example', label: 'All rooms, 70 and more' },
        { address: '#other:club.example', label: 'Club lobby' },
      ),
      ['two-names'],
    ],
    [
      'the space’s own address is listed as the lobby',
      withRow('Lobby', { address: '#club:club.example' }),
      ['space-as-room'],
    ],
    [
      'a name appears twice, with two addresses: the second is another group’s',
      withRow('SIG:Rust Governance', { label: 'SIG:CLI Governance' }),
      ['name-twice', 'label-address', 'purpose-label'],
    ],
    [
      'a purpose that was copied from another group',
      withRow('SIG:Gnome Governance', { purpose: 'How the JavaScript group is run' }),
      ['purpose-label'],
    ],
    [
      'text that went through a wrong encoding',
      withRow('Lobby', { purpose: 'Say hello \u00e2\u20ac\u201d it\u00e2\u20ac\u2122s the lobby' }),
      ['damaged-text'],
    ],
    [
      'an institution has accounts that its people don’t know of',
      { ...club, homeservers: [{ name: 'university.example', about: 'institution' }] },
      ['institution-without-domains'],
    ],
  ])('%s', (_, manifest, ids) => {
    expect(checkManifestText(JSON.stringify(manifest)).findings.map((each) => each.id)).toEqual(ids)
  })

  test('what the page calls the lobby is a space, as homeservers see', () => {
    const room = roomReport('#club:club.example', {
      label: 'Club lobby',
      details: details({ name: 'Club', isSpace: true }),
    })
    expect(checkFacts(factsOf([room]), null).map((each) => each.id)).toEqual(['is-space'])
  })
})
