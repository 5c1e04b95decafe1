import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as timeout } from 'node:timers/promises'
import { runFoyer, type FoyerRun } from '../../../cli/testing/run-foyer.ts'
import type { Event } from '../../../cli/events.ts'
import { joinedRooms } from '../../../practice/admin.ts'
import type { PracticeWorld } from '../../../practice/world.ts'
import { startFaultProxy, type FaultProxy } from '../proxy/fault-proxy.ts'
import { randomFrom, randomPlan } from '../random.ts'
import { newPerson, SERVER } from '../stage.ts'
import { galaxyOf, type Wanted } from './galaxy.ts'
import { lineOf, noTally, sum, tallyOf, type Tally } from './tally.ts'

/** So often one person's run is killed before it may live to its end. */
const MOST_FOR_ONE = 12

/** So often a run is started for one person; faults while signing in end some of them. */
const MOST_LIVES = 30

/** A run that lives on may take so long, in milliseconds. A false rate limit makes the rest slow, as a true one would. */
const LONGEST = 300_000

/** Where kills happen, and how many. */
export interface KillOptions {
  readonly world: PracticeWorld
  readonly kills: number
  /** The first person's; each has the next one. */
  readonly seed: number
  /** How many people there are at once. */
  readonly lanes?: number
  readonly signal?: AbortSignal
  readonly log?: (line: string) => void
}

/** Kills `foyer join` again and again over random faults, and each time goes on with the journal it has left. */
export async function killCommandLine(options: KillOptions): Promise<Tally> {
  const wanted = await galaxyOf(options.world)
  let tally = noTally
  let left = options.kills
  let next = options.seed
  const lane = async (): Promise<void> => {
    const proxy = await startFaultProxy(options.world)
    while (left > 0 && options.signal?.aborted !== true) {
      const most = Math.min(MOST_FOR_ONE, left)
      const seed = next++
      // Spoken for; what a run that ended earlier leaves over goes back.
      left -= most
      const one = await killOne(options, proxy, wanted, seed, most)
      left += most - one.kills
      tally = sum(tally, one)
      options.log?.(lineOf(seed, one))
    }
    await proxy.close()
  }
  await Promise.all(Array.from({ length: options.lanes ?? 1 }, lane))
  return tally
}

async function killOne(
  { world, signal }: KillOptions,
  proxy: FaultProxy,
  wanted: Wanted,
  seed: number,
  most: number,
): Promise<Tally> {
  const began = Date.now()
  const random = randomFrom(seed)
  const person = await newPerson({ world })
  const scratch = await mkdtemp(join(tmpdir(), 'foyer-kills-'))
  const words = ['galaxy', '--homeserver', SERVER, '--user', person.username, '--preset', 'all', '--json']
  const network = ['--proxy', proxy.url, '--ca', world.caPath, '--resume', join(scratch, 'journal.json')]
  const start = (): FoyerRun =>
    runFoyer([...words, ...network, '--token-stdin'], person.token, {
      NODE_OPTIONS: `--import=${join(import.meta.dirname, '../hurry-preload.ts')}`,
    })
  const complaints: string[] = []
  let kills = 0
  let lastEvent: Event | undefined
  proxy.forget()
  proxy.arm(randomPlan(random))
  for (let life = 1; life <= MOST_LIVES && signal?.aborted !== true; life += 1) {
    const run = start()
    const isDoomed = kills < most
    // Now and then while it is still looking around; otherwise among the joins.
    if (isDoomed && random() < 0.15) await timeout(random() * 1_500)
    else if (isDoomed) {
      await Promise.race([run.until((events) => events.length > 0), run.exit])
      await timeout(random() * 700)
    }
    if (isDoomed) run.signal('SIGKILL')
    const exit = await Promise.race([run.exit, timeout(LONGEST, null, { ref: false })])
    if (/\bat \S+ \(|\.ts:\d/.test(run.stderr())) complaints.push(`seed ${seed}: ${run.stderr()}`)
    if (exit === null) {
      complaints.push(`seed ${seed}: it didn’t end after ${run.events().at(-1)?.type ?? 'nothing'}`)
      run.signal('SIGKILL')
      await run.exit
      break
    }
    if (exit === KILLED) kills += 1
    lastEvent = run.events().at(-1)
    if (lastEvent?.type === 'failed' && lastEvent.reason === 'unknown')
      complaints.push(`seed ${seed}: ${lastEvent.sentence}`)
    // Where no server listed the rooms inside, people are told to try again.
    const isWhole = !run
      .events()
      .some((event) => event.type === 'notice' && /didn’t list/.test(event.sentence))
    if (lastEvent?.type === 'finished' && isWhole) break
  }
  proxy.arm(null)
  const isAborted = signal?.aborted === true
  if (lastEvent?.type !== 'finished' && !isAborted)
    complaints.push(`seed ${seed}: the last word is ${lastEvent?.type ?? 'missing'}`)
  if (lastEvent?.type === 'finished') {
    const others = lastEvent.notJoined.filter(({ reason }) => !EXPECTED.has(reason))
    for (const { address, reason } of others) complaints.push(`seed ${seed}: ${address} ends as ${reason}`)
  }
  const records = proxy.records.filter(({ token }) => token === null || token === person.token)
  const counts = tallyOf(wanted, records, await joinedRooms(world, person.id))
  await rm(scratch, { recursive: true, force: true })
  return {
    ...counts,
    // An aborted run was not to finish.
    lost: isAborted ? [] : counts.lost,
    kills,
    complaints,
    seconds: (Date.now() - began) / 1_000,
  }
}

/** Of two of Galaxy’s rooms: one must be asked, one is by invitation. */
const EXPECTED: ReadonlySet<string> = new Set(['asked', 'invite'])

/** What `runFoyer` says of a run that a signal has ended. */
const KILLED = 137
