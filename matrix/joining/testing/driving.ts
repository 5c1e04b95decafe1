import type { JoinPorts } from '../join-driver.ts'
import type { JoinRequests } from '../join-requests.ts'
import type { SimulatedRoom } from './simulated-homeserver.ts'
import type { VirtualClock } from './virtual-clock.ts'

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
    roomsInside: () => Promise.resolve([]),
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
