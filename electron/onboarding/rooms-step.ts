import type { Community } from '../../core/communities/community.ts'
import { isOpenedBySpace } from '../../core/communities/space-manifest.ts'
import type { RoomsState } from '../../core/onboarding/state.ts'
import type { Pass } from './pass.ts'
import type { Preview } from './preview-step.ts'
import { leftOutRoomsFlow, roomsHereFlow, spaceChildrenFlow, spaceManifestFlow } from './rooms-flow.ts'

/** Fetches what the newcomer's homeserver shows of the community's space, and which rooms it takes part in. */
export async function askRooms(pass: Pass, preview: Preview, state: RoomsState): Promise<void> {
  const { ports, session, stepSignal: signal } = pass
  if (session === null) return
  // What a room's ID is must be known before the space's rooms come, or some would be listed twice.
  await preview.looked()
  const known = (): Community => (pass.state.step === 'rooms' ? pass.state.community : state.community)
  const { space, rooms } = known()
  if (!signal.aborted && space !== null && isOpenedBySpace(known()) && rooms.length === 0) {
    const described = await spaceManifestFlow(ports, session, space, signal)
    if (described !== null && !signal.aborted) pass.dispatch({ type: 'manifestFound', described })
  }
  if (!signal.aborted && known().rooms.some((room) => room.roomId === null)) {
    await preview.askAround(known(), signal)
  }
  const children = signal.aborted ? null : await spaceChildrenFlow(ports, session, known(), signal)
  if (signal.aborted) return
  if (children !== null) pass.dispatch({ type: 'spaceOpened', children })
  const roomsHere = await roomsHereFlow(ports, session, known(), signal)
  if (signal.aborted) return
  pass.dispatch({ type: 'roomsLoaded', roomsHere })
  // Not waited for by anybody: the list can be used, and what shows itself fills in.
  if (children !== null) {
    await leftOutRoomsFlow(ports, session, known(), signal, (key, facts) =>
      pass.dispatch({ type: 'factsArrived', key, facts }),
    )
  }
}
