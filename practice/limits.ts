/** How far a world's homeservers let people go. */
export const limitsModes = ['default', 'raised', 'twentyfold'] as const

/** Synapse's own limits; none worth speaking of; or those for joins alone, each twenty times faster. */
export type Limits = (typeof limitsModes)[number]

/** One of Synapse's leaky buckets, as its configuration names it. */
export type BucketLimits = { readonly per_second: number; readonly burst_count: number }

/** Every join takes from `local`; one that has to be made over federation takes from `remote` as well. */
export type JoinLimits = { readonly local: BucketLimits; readonly remote: BucketLimits }

const unlimited: BucketLimits = { per_second: 10_000, burst_count: 10_000 }

/** The limits for joins in each mode; `default` says what Synapse does when its configuration says nothing. */
export const joinLimits: Readonly<Record<Limits, JoinLimits>> = {
  default: {
    local: { per_second: 0.1, burst_count: 10 },
    remote: { per_second: 0.01, burst_count: 10 },
  },
  raised: { local: unlimited, remote: unlimited },
  twentyfold: {
    local: { per_second: 2, burst_count: 10 },
    remote: { per_second: 0.2, burst_count: 10 },
  },
}

/** What a homeserver's configuration says about limits. */
export function limitsConfig(limits: Limits): object {
  // Tests make many accounts from one address, which no limit of a real server foresees.
  const signUp = { rc_registration: unlimited, rc_login: { address: unlimited, account: unlimited } }
  if (limits === 'default') return signUp
  return {
    ...signUp,
    rc_joins: joinLimits[limits],
    rc_message: unlimited,
    rc_joins_per_room: unlimited,
    rc_invites: { per_room: unlimited, per_user: unlimited, per_issuer: unlimited },
    rc_registration_token_validity: unlimited,
    rc_3pid_validation: unlimited,
    rc_room_creation: unlimited,
    rc_profile: unlimited,
    rc_federation: {
      window_size: 1000,
      sleep_limit: 10_000,
      sleep_delay: 1,
      reject_limit: 10_000,
      concurrent: 50,
    },
  }
}
