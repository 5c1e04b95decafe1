import { joinQueueSchema, paceSchema } from '../../../core/joining/journal.ts'
import { freshPace } from '../../../core/joining/pace.ts'
import { afterRestart } from '../../../core/joining/queue.ts'
import type { JoinState } from '../../../core/joining/join-state.ts'
import { JoinDriver } from '../join-driver.ts'
import { nothingInside } from '../join-ports.ts'
import type { JoinRequests } from '../join-requests.ts'
import type { RandomWorld } from './random-world.ts'
import { SimulatedHomeserver } from './simulated-homeserver.ts'
import { VirtualClock } from './virtual-clock.ts'

/** What a run came to, and what must not have happened in it. */
export interface MortalRun {
  readonly state: JoinState
  readonly server: SimulatedHomeserver
  readonly took: number
  readonly kills: number
  /** Room IDs that were asked for although the server's yes had reached us. */
  readonly asksAfterYes: readonly string[]
}

/** Joins everything, being killed now and then; each life goes on from what the one before had saved. */
export async function liveThrough(world: RandomWorld, limit: number): Promise<MortalRun> {
  const clock = new VirtualClock()
  const uplink = inTurn(world.uplinks)
  const latency = inTurn(world.latencies)
  const server = new SimulatedHomeserver(clock, world.rooms, {
    ...(world.local ? { local: world.local } : {}),
    ...(world.remote ? { remote: world.remote } : {}),
    uplink,
    latency,
    spaceId: '!space',
    ...(world.isStale ? { isStale: true as const } : {}),
    fault: (roomId, nth) => world.faults[roomId]?.[nth] ?? null,
  })
  const asksAfterYes: string[] = []
  const isLost = losing(world.lostLooks)
  let saved: JoinState = { queue: { entries: world.entries }, pace: freshPace }
  let kills = 0
  for (const age of [...world.kills, null]) {
    let isAlive = true
    const life = requestsOf(server, saved, asksAfterYes, isLost, () => isAlive)
    const driver = new JoinDriver(saved, {
      requests: life,
      ownServer: 'own.example',
      knockReason: 'Hello',
      now: clock.now,
      sleep: async (ms, signal) => {
        await clock.sleep(ms, signal)
        if (!isAlive) await never()
      },
      save: (state) => {
        if (isAlive) saved = throughDisk(state)
      },
      onChange: () => undefined,
      roomsInside: () => Promise.resolve(nothingInside),
    })
    const end = driver.run().then(() => 'finished' as const)
    const death = age === null ? never() : clock.sleep(age).then(() => 'killed' as const)
    const how = await clock.runUntil(Promise.race([end, death]), limit)
    isAlive = false
    if (how === 'finished') break
    kills += 1
    saved = { ...saved, queue: afterRestart(saved.queue) }
  }
  return { state: saved, server, took: clock.now(), kills, asksAfterYes }
}

// Requests of one life: what was under way at its end never comes back, though the server may still act on it.
function requestsOf(
  server: SimulatedHomeserver,
  start: JoinState,
  asksAfterYes: string[],
  isLost: (look: string) => boolean,
  isAlive: () => boolean,
): JoinRequests {
  const joined = start.queue.entries.filter((entry) => entry.status === 'joined')
  const yeses = new Set(joined.map((entry) => entry.roomId))
  const whileAlive = async <Value>(work: Promise<Value>): Promise<Value> => {
    const value = await work
    return isAlive() ? value : never()
  }
  return {
    async join(address) {
      if (yeses.has(address)) asksAfterYes.push(address)
      const answer = await whileAlive(server.join(address))
      if (answer.kind === 'joined') yeses.add(answer.roomId)
      return answer
    },
    knock: (address) => whileAlive(server.knock(address)),
    async joinedRooms() {
      const rooms = await whileAlive(server.joinedRooms())
      return isLost('joined') ? { kind: 'lost', message: '' } : rooms
    },
    async resolve(alias) {
      const found = await whileAlive(server.resolve(alias))
      return isLost(alias) ? 'unreachable' : found
    },
    joinRule: (address) => whileAlive(server.joinRule(address)),
    doors: (address) => whileAlive(server.doors(address)),
    async successor(roomId) {
      const found = await whileAlive(server.successor(roomId))
      return isLost(roomId) ? 'unreachable' : found
    },
  }
}

function losing(times: number): (look: string) => boolean {
  const asked = new Map<string, number>()
  return (look) => {
    const count = (asked.get(look) ?? 0) + 1
    asked.set(look, count)
    return count <= times
  }
}

function throughDisk(state: JoinState): JoinState {
  const { queue, pace } = JSON.parse(JSON.stringify(state)) as JoinState
  return { queue: joinQueueSchema.parse(queue), pace: paceSchema.parse(pace) }
}

function inTurn(numbers: readonly number[]): () => number {
  let index = 0
  return () => numbers[index++ % numbers.length] ?? 0
}

function never(): Promise<never> {
  return new Promise(() => undefined)
}
