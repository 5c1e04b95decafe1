import type { Facts } from './facts.ts'
import { finding, type Finding } from './finding.ts'

/** Draupnir's JoinWaveShortCircuit, with its default settings: so many joins within an hour close a room. */
const JOIN_WAVE = 50
/** The Matrix Authentication Service and Synapse, by default: sign-ups from one address at once. */
const SIGN_UPS_AT_ONCE = 3
/** MAS, by default, from then on. */
const MAS_SIGN_UPS_AN_HOUR = 3
/** Synapse's rc_registration, by default, from then on: one each so many seconds. */
const SYNAPSE_SIGN_UP_SECONDS = 6
/** Synapse's rc_login.address, by default: at once, and one each so many seconds. */
const SIGN_INS_AT_ONCE = 5
const SIGN_IN_SECONDS = 333

/** What may go wrong when so many people come at once, from one network. `facts` is null where nobody was asked. */
export function checkWorkshop(people: number, facts: Facts | null): Finding[] {
  const found: Finding[] = []
  if (people >= JOIN_WAVE) {
    found.push(
      finding(
        'workshop-join-wave',
        `${people} people within an hour: ${JOIN_WAVE} joins an hour trip Draupnir’s JoinWaveShortCircuit where it is on.`,
      ),
    )
  }
  if (people > SIGN_UPS_AT_ONCE) found.push(...signUps(people, facts))
  if (people > SIGN_INS_AT_ONCE) {
    const minutes = Math.ceil(((people - SIGN_INS_AT_ONCE) * SIGN_IN_SECONDS) / 60)
    found.push(
      finding(
        'workshop-sign-in',
        `Signing ${people} people in with passwords from one address takes ${minutes} min with Synapse’s default limits.`,
      ),
    )
  }
  return found
}

function signUps(people: number, facts: Facts | null): Finding[] {
  const more = people - SIGN_UPS_AT_ONCE
  const mas = `the Matrix Authentication Service allows ${MAS_SIGN_UPS_AN_HOUR} sign-ups an hour from one address by default, so ${people} accounts take ${Math.ceil(more / MAS_SIGN_UPS_AN_HOUR)} h`
  const synapse = `Synapse allows one sign-up each ${SYNAPSE_SIGN_UP_SECONDS} s from one address by default, so ${people} accounts take ${Math.ceil((more * SYNAPSE_SIGN_UP_SECONDS) / 60)} min`
  if (facts === null || facts.servers.length === 0)
    return [finding('workshop-sign-up', `Where accounts are made in the browser, ${mas}.`)]
  return facts.servers.flatMap(({ name, signUp }) => {
    if (signUp === 'closed' || signUp === null) return []
    return [
      finding('workshop-sign-up', `${name}: ${signUp === 'browser' ? mas : synapse}.`, { server: name }),
    ]
  })
}
