import type { Adapter, AdapterPayload } from 'oidc-provider'

/** Everything that the OAuth 2.0 server knows, for as long as it runs. */
export type TokenStore = {
  /** What the provider asks for each kind of thing it keeps. */
  readonly adapter: (kind: string) => Adapter
  /** Every token and code that was ever handed out, for tests that look for them where they must not be. */
  readonly secrets: readonly string[]
  /** Ends all sessions of a user at once, as their other device or an administrator would. */
  readonly endSessionsOf: (accountId: string) => void
}

const SECRET_KINDS = ['AccessToken', 'RefreshToken', 'AuthorizationCode', 'DeviceCode']

/**
 * Keeps everything in memory. Refresh tokens behave as the Matrix Authentication Service has them: one that was used
 * may be used again as long as its successor was not, which then dies together with its access token; so a client
 * whose answer was lost gets another. `onSessionEnd` hears of each access token that ends with its session.
 */
export function createTokenStore(
  onSessionEnd: (payload: AdapterPayload) => void = () => undefined,
): TokenStore {
  const kept = new Map<string, { readonly kind: string; readonly payload: AdapterPayload }>()
  const secrets: string[] = []

  /** The same where it was the session that ended, and not just a token replaced. */
  const end = (isGone: (kind: string, payload: AdapterPayload) => boolean): void => {
    for (const [key, { kind, payload }] of kept) {
      if (!isGone(kind, payload)) continue
      kept.delete(key)
      if (kind === 'AccessToken') onSessionEnd(payload)
    }
  }
  const remove = (isGone: (kind: string, payload: AdapterPayload, key: string) => boolean): void => {
    for (const [key, { kind, payload }] of kept) if (isGone(kind, payload, key)) kept.delete(key)
  }
  const find = (kind: string, matches: (payload: AdapterPayload) => boolean): AdapterPayload | undefined =>
    [...kept.values()].find((each) => each.kind === kind && matches(each.payload))?.payload

  return {
    secrets,
    endSessionsOf: (accountId) => end((_, payload) => payload.accountId === accountId),
    adapter(kind) {
      const keyOf = (id: string): string => `${kind}:${id}`
      return {
        async upsert(id, payload) {
          if (SECRET_KINDS.includes(kind) && !kept.has(keyOf(id))) secrets.push(id)
          kept.set(keyOf(id), { kind, payload })
        },
        find: async (id) => kept.get(keyOf(id))?.payload,
        findByUid: async (uid) => find(kind, (payload) => payload.uid === uid),
        findByUserCode: async (code) => find(kind, (payload) => payload.userCode === code),
        async destroy(id) {
          const payload = kept.get(keyOf(id))?.payload
          if (payload !== undefined) end((_, each) => each === payload)
        },
        async revokeByGrantId(grantId) {
          end((each, payload) => each === kind && payload.grantId === grantId)
        },
        async consume(id) {
          const used = kept.get(keyOf(id))?.payload
          if (used === undefined) return
          if (kind === 'RefreshToken') settleRotation(id, used)
          else Object.assign(used, { consumed: Math.floor(Date.now() / 1000) })
        },
      }
    },
  }

  function settleRotation(id: string, used: AdapterPayload): void {
    const own = `RefreshToken:${id}`
    const isOfGrant = (payload: AdapterPayload): boolean => payload.grantId === used.grantId
    const rotations = (payload: AdapterPayload): number => payload.rotations ?? 0
    // Its predecessors can't have been lost: the client has their successor.
    remove(
      (kind, payload, key) =>
        kind === 'RefreshToken' && key !== own && isOfGrant(payload) && rotations(payload) <= rotations(used),
    )
    const isAgain = find('RefreshToken', (each) => isOfGrant(each) && rotations(each) > rotations(used))
    if (isAgain === undefined) return
    remove((kind, payload) => {
      if (!isOfGrant(payload)) return false
      const isLater = kind === 'RefreshToken' && rotations(payload) > rotations(used)
      return isLater || (kind === 'AccessToken' && Number(payload.iat) >= Number(isAgain.iat))
    })
  }
}
