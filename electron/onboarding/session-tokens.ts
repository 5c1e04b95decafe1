import { TokenKeeper } from '../../matrix/account/oauth/token-keeper.ts'
import type { Session } from '../../matrix/client.ts'
import type { KeptPass, KeptToken } from '../storage/pass-record.ts'
import type { OnboardingPorts } from './ports.ts'
import type { Pass } from './pass.ts'

type Secrets = OnboardingPorts['secrets']

/** The session with what keeps its tokens fresh, where they live for minutes only. Each new pair is written at once. */
export function withKeeper(pass: Pass, session: Session): Session {
  const { grant } = session
  if (grant === undefined) return session
  const { fetch, clock } = pass.ports
  const keeper = new TokenKeeper(
    { ...session, grant },
    {
      fetch,
      monotonic: () => clock.monotonic(),
      save(fresh) {
        if (pass.session?.keeper !== keeper) return
        pass.session = { ...fresh, keeper }
        pass.write()
      },
    },
  )
  return { ...session, keeper }
}

/** A session as it is written down; the tokens as the newcomer agreed, or not at all. */
export function sealed(
  session: Session,
  secrets: Secrets,
  inFile: boolean,
): NonNullable<KeptPass['session']> {
  const { baseUrl, userId, deviceId, accessToken, grant } = session
  const seal = (token: string): KeptToken | null => secrets.seal(token, inFile)
  const kept = { baseUrl, userId, deviceId, token: seal(accessToken) }
  if (grant === undefined) return kept
  const refreshToken = grant.refreshToken === null ? null : seal(grant.refreshToken)
  return { ...kept, grant: { clientId: grant.clientId, refreshToken } }
}

/** The session again; null where its token was to be forgotten, or can't be read any more. */
export function unsealed(kept: KeptPass['session'], secrets: Secrets): Session | null {
  const accessToken = kept?.token ? secrets.unseal(kept.token) : null
  if (kept === null || accessToken === null) return null
  const { baseUrl, userId, deviceId, grant } = kept
  const session = { baseUrl, userId, deviceId, accessToken }
  if (grant === undefined) return session
  const refreshToken = grant.refreshToken === null ? null : secrets.unseal(grant.refreshToken)
  // How long the access token lives nobody knows any more; the first refusal tells.
  return { ...session, grant: { clientId: grant.clientId, refreshToken, life: null } }
}
