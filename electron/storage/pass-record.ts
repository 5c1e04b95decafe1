import { z } from 'zod'
import type { JoinState } from '../../core/joining/join-state.ts'
import { joinQueueSchema, paceSchema, tracesShape } from '../../core/joining/journal.ts'
import type { Traces } from '../../core/joining/traces.ts'
import type { OnboardingState } from '../../core/onboarding/state.ts'

const communitySchema = z.object({
  id: z.string(),
  name: z.string(),
  rooms: z.array(z.object({ key: z.string(), address: z.string() })),
  sections: z.array(z.object({ id: z.string() })),
  presets: z.array(z.object({ id: z.string() })),
})
const accountSchema = z.object({ userId: z.string(), homeserver: z.string() })

// The state is Foyer's own and of one version, so its outline is enough; whatever doesn't fit starts anew.
const outlineSchema = z.discriminatedUnion('step', [
  z.object({ step: z.literal('welcome') }),
  z.object({
    step: z.enum(['preview', 'homeserver', 'createAccount', 'stages', 'signIn', 'browser']),
    community: communitySchema,
  }),
  z.object({
    step: z.enum(['profile', 'rooms', 'joining', 'done']),
    community: communitySchema,
    account: accountSchema,
  }),
])
const stateSchema = z.custom<OnboardingState>((value) => outlineSchema.safeParse(value).success)

/** A token as it is kept: encrypted by the system's keyring, or plain in a file only its owner can read. */
export const keptTokenSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('keyring'), cipher: z.string() }),
  z.object({ kind: z.literal('file'), token: z.string() }),
])
export type KeptToken = z.infer<typeof keptTokenSchema>

/** The shape of the pass on disk. */
export const passSchema = z.object({
  version: z.literal(1),
  state: stateSchema,
  session: z
    .object({
      baseUrl: z.string(),
      userId: z.string(),
      deviceId: z.string(),
      /** Null where the newcomer chose to be forgotten when Foyer closes. */
      token: keptTokenSchema.nullable(),
      /** Where access tokens live for minutes only. */
      grant: z.object({ clientId: z.string(), refreshToken: keptTokenSchema.nullable() }).exactOptional(),
    })
    .nullable(),
  /** A registration token from a link, for the account that is still to be made. */
  linkToken: keptTokenSchema.nullish(),
  /** A registration under way, sealed as tokens are; null where none is, or where it must not be kept. */
  registration: keptTokenSchema.nullable().default(null),
})

/** The pass as it stands on disk. */
export type KeptPass = z.infer<typeof passSchema>

/** The shape of the journal on disk. */
export const journalSchema = z.object({
  version: z.literal(1),
  userId: z.string(),
  queue: joinQueueSchema,
  pace: paceSchema,
  ...tracesShape,
  /** The moment of writing on both clocks, so that the pace can be carried over to another process's clock. */
  monotonic: z.number(),
  wall: z.number(),
})

/** The join queue as it stands on disk. */
export type Journal = z.infer<typeof journalSchema>

/** A place on disk for one thing. `set` is done, and the thing safe, when it returns. */
export interface Kept<Content> {
  /** What is kept, or null where there is nothing or nothing that can be trusted. */
  get(): Content | null
  set(content: Content): void
  clear(): void
}

/** What makes a pass survive anything: where the newcomer stands, and the queue's journal. */
export interface PassKeep {
  readonly pass: Kept<KeptPass>
  readonly journal: Kept<Journal>
}

/** What the journal must hold before a request goes out. */
export function journalOf(
  userId: string,
  state: JoinState,
  traces: Traces,
  monotonic: number,
  wall: number,
): Journal {
  return { version: 1, userId, queue: state.queue, pace: state.pace, ...traces, monotonic, wall }
}
