import { describe, expect, it } from 'vitest'
import { auxolotl, galaxy, galaxyFromOutside, mathesar, sampleRoom } from '../testing/communities.ts'
import { doneMayRetry, joining } from '../testing/states.ts'
import { doorOfSight, hallOfLines, hallOfRooms, hiddenRooms } from './picture.ts'

const count = (picture: ReturnType<typeof hallOfRooms>): number[] =>
  picture.storeys.map((storey) => storey.doors.length)

describe('the hall before joining', () => {
  it('has a storey for each section and a door for each room', () => {
    expect(count(hallOfRooms(galaxy, doorOfSight, 'closed'))).toEqual([1, 3, 4, 63])
  })

  it('draws the rooms that only members see as well', () => {
    expect(hiddenRooms(galaxyFromOutside)).toBe(63)
    expect(count(hallOfRooms(galaxyFromOutside, doorOfSight, 'closed'))).toEqual([1, 3, 4, 63])
  })

  it('draws small doors for many rooms and large ones for few', () => {
    const sizes = [galaxy, auxolotl, mathesar].map(
      (community) => hallOfRooms(community, doorOfSight, 'closed').size,
    )
    expect(sizes).toEqual(['small', undefined, 'large'])
  })

  it('has a door for every way a room can be seen', () => {
    const doorFor = (
      sight: 'asking' | 'seen' | 'private' | 'unreachable' | 'missing',
      isOffline = false,
    ): string => doorOfSight(sampleRoom({ address: '#a:b.c', section: 'x', sight }), isOffline)
    expect(
      ['asking', 'seen', 'private', 'unreachable', 'missing'].map((each) => doorFor(each as 'seen')),
    ).toEqual(['closed', 'closed', 'private', 'dashed', 'dashed'])
    expect(doorFor('asking', true)).toBe('dashed')
  })
})

describe('the hall while joining', () => {
  const nameOf = (section: { name: string }): string => section.name

  it('counts what is open in each storey', () => {
    const picture = hallOfLines(auxolotl, joining.progress, nameOf)
    expect(picture.storeys.map((storey) => `${storey.name} ${storey.open}/${storey.count}`)).toEqual([
      'General 1/1',
      'Interest groups 18/24',
      'Committees 0/8',
    ])
  })

  it('lights no next door while paused', () => {
    const paused = { ...joining.progress, phase: 'paused' as const }
    const states = hallOfLines(auxolotl, paused, nameOf).storeys.flatMap((storey) =>
      storey.doors.map((door) => door.state),
    )
    expect(states).not.toContain('next')
  })

  it('dashes the doors of rooms that gave no answer', () => {
    const { storeys } = hallOfLines(auxolotl, doneMayRetry.progress, nameOf)
    expect(storeys.at(-1)?.doors.filter((door) => door.state === 'dashed')).toHaveLength(2)
  })
})
