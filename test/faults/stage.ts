import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAccount } from '../../practice/admin.ts'
import { addChildren, makeRoom, replaceRoom } from '../../practice/fixtures/make-room.ts'
import type { PracticeWorld } from '../../practice/world.ts'
import { startFaultProxy, type FaultProxy } from './proxy/fault-proxy.ts'

/** Where everybody of these tests has their account, and where the community is: nothing has to be waited for. */
export const SERVER = 'matrix.org'
export const PASSWORD = 'four unrelated words'

/** A small community that takes every step there is, behind the proxy. */
export interface Stage {
  readonly world: PracticeWorld
  readonly proxy: FaultProxy
  readonly scratch: string
  readonly manifestPath: string
  /** IDs of what anybody can get into: the space, a room for its members, an old room and its replacement, and more. */
  readonly joinable: readonly string[]
  /** The ID behind an alias of the community; IDs as they are. */
  readonly roomIdOf: (address: string) => string
  readonly close: () => Promise<void>
}

/** Somebody with an account. */
export interface Person {
  readonly id: string
  readonly username: string
  readonly token: string
}

/** Makes the community and starts the proxy. The world is the caller's. */
export async function setStage(world: PracticeWorld): Promise<Stage> {
  const scratch = await mkdtemp(join(tmpdir(), 'foyer-faults-'))
  const make = (alias: string, rest: Parameters<typeof makeRoom>[2] = {}): Promise<string> =>
    makeRoom(world, SERVER, { alias: `faults-${alias}`, name: alias, ...rest })
  const space = await make('space', { isSpace: true })
  const rooms = {
    plain: await make('plain'),
    members: await make('members', { rule: { restrictedTo: [space] } }),
    moved: await make('moved'),
    knock: await make('knock', { rule: 'knock' }),
    // Known to the space alone.
    inside: await make('inside'),
  }
  const replacement = await make('replacement', { predecessor: rooms.moved })
  await replaceRoom(world, SERVER, rooms.moved, replacement)
  await addChildren(world, SERVER, space, Object.values(rooms))
  const listed = ['plain', 'members', 'moved', 'knock'].map((name) => `#faults-${name}:${SERVER}`)
  const manifestPath = join(scratch, 'community.json')
  await writeFile(
    manifestPath,
    JSON.stringify({
      version: 2,
      id: 'faults',
      name: 'Faults',
      initials: 'F',
      summary: 'Takes every step there is.',
      colour: '#4a6a7a',
      space: { address: `#faults-space:${SERVER}`, via: [SERVER] },
      roomCount: Object.keys(rooms).length,
      sections: [{ id: 'rooms', name: 'Rooms' }],
      rooms: listed.map((address) => ({ address, via: [SERVER], section: 'rooms' })),
    }),
  )
  const ids = new Map(Object.entries({ space, replacement, ...rooms }))
  const proxy = await startFaultProxy(world)
  return {
    world,
    proxy,
    scratch,
    manifestPath,
    joinable: [space, rooms.plain, rooms.members, rooms.moved, rooms.inside, replacement],
    roomIdOf: (address) => ids.get(/^#faults-([^:]+):/.exec(address)?.[1] ?? '') ?? address,
    async close() {
      await proxy.close()
      await rm(scratch, { recursive: true, force: true })
    },
  }
}

let count = 0

/** A fresh account on the community's server. */
export async function newPerson({ world }: Pick<Stage, 'world'>): Promise<Person> {
  const username = `faults-${process.pid}-${count++}`
  const token = await createAccount(world, SERVER, { username, password: PASSWORD })
  return { id: `@${username}:${SERVER}`, username, token }
}
