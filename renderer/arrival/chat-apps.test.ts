import { describe, expect, it } from 'vitest'
import { auxolotl, galaxy } from '../testing/communities.ts'
import { chatApps, landingOf, matrixToLink, matrixUri } from './chat-apps.ts'

const opens = (community: typeof galaxy): Record<string, string> =>
  Object.fromEntries(chatApps(community).map((app) => [app.id, app.open]))

describe('chatApps', () => {
  it('opens each app at the space', () => {
    expect(opens(galaxy)).toMatchObject({
      element: 'https://app.element.io/#/room/#galaxyproject_space:matrix.org',
      cinny: 'https://app.cinny.in/%23galaxyproject_space%3Amatrix.org/',
      installed: 'matrix:r/galaxyproject_space%3Amatrix.org',
    })
  })

  it('opens them at the room for newcomers where there is no space', () => {
    expect(opens(auxolotl)).toMatchObject({
      element: 'https://app.element.io/#/room/#general:auxolotl.org',
      cinny: 'https://app.cinny.in/home/%23general%3Aauxolotl.org/?viaServers=auxolotl.org',
    })
  })

  it('opens them at their door where there is neither', () => {
    const empty = { ...auxolotl, rooms: [] }
    expect(landingOf(empty)).toBeNull()
    expect(opens(empty)).toMatchObject({ element: 'https://app.element.io/', cinny: 'https://app.cinny.in/' })
    expect(opens(empty)['installed']).toBeUndefined()
  })

  it('names servers for room IDs, which carry none', () => {
    const place = { address: '!abc', via: ['one.example', 'two.example'] }
    expect(matrixToLink(place)).toBe('https://matrix.to/#/!abc?via=one.example&via=two.example')
    expect(matrixUri(place)).toBe('matrix:roomid/abc?via=one.example&via=two.example')
  })

  it('gives only links that the shell opens', () => {
    for (const app of chatApps(galaxy)) {
      for (const link of [app.open, app.get].filter((each) => each !== null)) {
        expect(['https:', 'matrix:']).toContain(new URL(link).protocol)
      }
    }
  })
})
