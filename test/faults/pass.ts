import { join } from 'node:path'
import type { News } from '../../cli/events.ts'
import { deviceNames, joinedRooms } from '../../practice/admin.ts'
import { breachesOf, type Breaches } from './asked-again.ts'
import type { FaultPlan } from './proxy/fault-proxy.ts'
import type { RequestRecord } from './proxy/record.ts'
import { runHere } from './run-here.ts'
import { newPerson, PASSWORD, SERVER, type Person, type Stage } from './stage.ts'

/** What one run of the command came to. */
export interface Pass {
  readonly person: Person
  readonly news: readonly News[]
  readonly exit: number
  /** Milliseconds. */
  readonly took: number
  readonly records: readonly RequestRecord[]
  readonly breaches: Breaches
  /** IDs of rooms that the homeserver says the person is in. */
  readonly joined: readonly string[]
  /** Sessions that the run has left behind. */
  readonly sessionsLeft: number
}

/** How to run it. */
export interface PassOptions {
  readonly plan: FaultPlan | null
  /** Somebody who has tried before, with their journal. */
  readonly person?: Person
  readonly secret?: 'password' | 'token'
  /** Called with all news so far; true ends the run as Ctrl-C does. */
  readonly isEnough?: (news: readonly News[]) => boolean
}

/** Runs `foyer join` for all of the community in this process, while the plan's faults happen. */
export async function runPass(stage: Stage, options: PassOptions): Promise<Pass> {
  const { proxy, world } = stage
  const person = options.person ?? (await newPerson(stage))
  const secret = options.secret ?? 'password'
  const first = proxy.records.length
  const sessionsBefore = options.person === undefined ? 0 : await sessionsOf(stage, person)
  proxy.arm(options.plan)
  const began = Date.now()
  const { news, exit } = await runHere(
    {
      community: stage.manifestPath,
      homeserver: SERVER,
      user: person.username,
      secret,
      preset: 'all',
      resumePath: join(stage.scratch, `${person.username}.json`),
      proxy: proxy.url,
      caPath: world.caPath,
    },
    secret === 'password' ? PASSWORD : person.token,
    options.isEnough,
  )
  proxy.arm(null)
  const records = proxy.records.slice(first)
  return {
    person,
    news,
    exit,
    took: Date.now() - began,
    records,
    breaches: breachesOf(records, stage.roomIdOf),
    joined: await joinedRooms(world, person.id),
    sessionsLeft: (await sessionsOf(stage, person)) - sessionsBefore,
  }
}

async function sessionsOf({ world }: Stage, person: Person): Promise<number> {
  return (await deviceNames(world, person.id)).filter((name) => name === 'Foyer (temporary)').length
}
