import { entry, stateOf } from '../../../core/testing/queue.ts'
import { JoinDriver, type JoinPorts } from '../join-driver.ts'
import { nothingInside } from '../join-ports.ts'
import type { JoinRequests } from '../join-requests.ts'
import { SimulatedHomeserver, type SimulatedRoom, type SimulationOptions } from './simulated-homeserver.ts'
import { VirtualClock } from './virtual-clock.ts'

/** A driver's surroundings: this server, this clock, a disk that takes everything, and nobody who looks. */
export function ports(server: JoinRequests, clock: VirtualClock, own: Partial<JoinPorts> = {}): JoinPorts {
  return {
    requests: server,
    ownServer: 'own.example',
    knockReason: 'Hello',
    now: clock.now,
    sleep: clock.sleep,
    save: () => undefined,
    onChange: () => undefined,
    roomsInside: () => Promise.resolve(nothingInside),
    ...own,
  }
}

/** So many rooms on the own server, and so many elsewhere. */
export function roomsOf(local: number, remote: number): Map<string, SimulatedRoom> {
  const rooms = Array.from({ length: local + remote }, (_, index): [string, SimulatedRoom] => [
    `#room${index}:x`,
    { roomId: `!room${index}`, isLocal: index < local },
  ])
  return new Map(rooms)
}

/** A driver for these rooms (or so many of the own server), with a server and a clock to watch. */
export function setUp(
  rooms: number | ConstructorParameters<typeof SimulatedHomeserver>[1],
  options: SimulationOptions = {},
  own: Partial<JoinPorts> = {},
  wanted?: readonly (string | ReturnType<typeof entry>)[],
  clock = new VirtualClock(),
): { clock: VirtualClock; server: SimulatedHomeserver; driver: JoinDriver } {
  const all = typeof rooms === 'number' ? roomsOf(rooms, 0) : rooms
  const server = new SimulatedHomeserver(clock, all, options)
  const entries = (wanted ?? [...all.keys()]).map((each) => (typeof each === 'string' ? entry(each) : each))
  return { clock, server, driver: new JoinDriver(stateOf(entries), ports(server, clock, own)) }
}
