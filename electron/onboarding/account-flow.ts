import { parseHomeserverInput } from '../../core/addresses/homeserver-input.ts'
import { signInIdentifier, type SignInIdentifier } from '../../core/addresses/sign-in-identifier.ts'
import type { UserEvent } from '../../core/onboarding/events.ts'
import type { AccountProblem, HomeserverCard } from '../../core/onboarding/state.ts'
import type { Result } from '../../core/result.ts'
import { signInWithPassword } from '../../matrix/account/sign-in.ts'
import type { Session } from '../../matrix/client.ts'
import type { OnboardingPorts } from './ports.ts'
import type { Pass } from './pass.ts'

type Refuse = (problem: AccountProblem) => void

/** Signs in to an account that exists, on the homeserver that its ID names. */
export async function signInFlow(
  ports: OnboardingPorts,
  homeserver: HomeserverCard | null,
  wish: Extract<UserEvent, { type: 'signIn' }>,
  formerDevice: Pass['formerDevice'],
  signal: AbortSignal,
  refuse: Refuse,
): Promise<Session | null> {
  const input = parseHomeserverInput(wish.id)
  // Only a whole Matrix ID names its own homeserver; everything else belongs to the one that was found.
  const isWhole = input.ok && input.value.username !== null
  const named = isWhole ? input.value.serverName : (homeserver?.name ?? null)
  if (named === null) return refused(refuse, { kind: 'unreachable' })
  const identifier: SignInIdentifier = isWhole
    ? { kind: 'user', user: input.value.username ?? '' }
    : signInIdentifier(wish.id, countryOf(ports.language))
  const found = await ports.homeservers.find(named)
  if (!found.ok) return refused(refuse, { kind: 'unreachable' })
  const isBack = identifier.kind === 'user' && formerDevice?.userId === `@${identifier.user}:${named}`
  const device = isBack ? formerDevice.deviceId : null
  return patiently(ports, signal, refuse, () =>
    signInWithPassword(ports.fetch, found.value, identifier, wish.password, device, () => ports.clock.wall()),
  )
}

// A rate limit is a pause, not an error: what was typed is kept, and it goes on by itself.
async function patiently(
  ports: OnboardingPorts,
  signal: AbortSignal,
  refuse: Refuse,
  attempt: () => Promise<Result<Session, AccountProblem>>,
): Promise<Session | null> {
  for (;;) {
    const result = await attempt()
    if (result.ok) return result.value
    if (signal.aborted) return null
    refuse(result.reason)
    if (result.reason.kind !== 'rateLimited') return null
    await ports.clock.sleep(Math.max(0, result.reason.retryAt - ports.clock.wall()), signal)
    if (signal.aborted) return null
  }
}

function refused(refuse: Refuse, problem: AccountProblem): null {
  refuse(problem)
  return null
}

// The likeliest one where the language says none; a wrong one costs a try.
function countryOf(language: string): string | null {
  return new Intl.Locale(language).maximize().region ?? null
}
