import { z } from 'zod'
import { closings, MOST_COMMUNITIES, type JoinedCommunity } from '../../core/joined/joined-community.ts'
import { noWish } from '../../core/joined/wish.ts'
import { saidSchema } from '../../core/joining/journal.ts'
import { entryKinds } from '../../core/joining/queue.ts'
import { quietKinds, quietStatuses } from '../../core/joining/quiet.ts'
import type { Community } from '../../core/communities/community.ts'

const MOST_ROOMS = 12_000

const roomId = z.string().max(300)
const name = z.string().max(2_000)

// The outline of what Foyer wrote itself; a community from another version that doesn't fit is forgotten.
const outlineSchema = z.object({
  id: name,
  name,
  initials: name,
  colour: name.nullable(),
  homeservers: z.array(z.object({ name })),
  space: z.object({ address: name, via: z.array(name) }).nullable(),
  sections: z.array(z.object({ id: name, name })),
  rooms: z
    .array(z.object({ key: name, address: name, via: z.array(name), section: name, sight: name }))
    .max(MOST_ROOMS),
  roomCount: z.number(),
  presets: z.array(z.object({ id: name, keys: z.array(name), sections: z.array(name) })),
  questions: z.array(z.object({ text: name })),
  source: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('bundled'), id: name }),
      z.object({ kind: z.literal('page'), url: z.url({ protocol: /^https$/ }) }),
    ])
    .exactOptional(),
})
const communitySchema = z.custom<Community>((value) => outlineSchema.safeParse(value).success)

const changedRoom = { key: name, name }

const joinedSchema: z.ZodType<JoinedCommunity> = z.object({
  id: name,
  account: z.object({ userId: name, homeserver: name }),
  community: communitySchema,
  joined: z
    .array(
      z.object({
        key: name,
        kind: z.enum(entryKinds),
        roomId,
        wasBefore: z.boolean(),
        isSettled: z.boolean(),
      }),
    )
    .max(MOST_ROOMS),
  replaced: z.array(roomId),
  told: z.array(name),
  inside: z.array(roomId).nullable(),
  quiet: z.object({
    isWanted: z.boolean(),
    marks: z.array(z.object({ kind: z.enum(quietKinds), roomId, status: z.enum(quietStatuses) })),
  }),
  // Files from before it was kept.
  wish: z.object({ preset: name, said: saidSchema }).default(noWish),
  settledAt: z.number(),
  changes: z.object({
    added: z.array(z.object({ ...changedRoom, roomId: roomId.nullable(), isInside: z.boolean() })),
    moved: z.array(z.object({ ...changedRoom, roomId })),
    closed: z.array(z.object({ ...changedRoom, why: z.enum(closings) })),
  }),
  notified: z.string(),
})

const fileSchema = z.object({
  version: z.literal(1),
  isWatching: z.boolean(),
  // One that makes no sense must not take the others along.
  communities: z.array(z.unknown()),
})

/** The communities that were joined, as they stand on disk. Holds no token. */
export interface JoinedFile {
  readonly version: 1
  /** Foyer stays in the tray and looks after them. */
  readonly isWatching: boolean
  /** The latest first. */
  readonly communities: readonly JoinedCommunity[]
}

/** Reads what was stored; null for what can't be trusted as a whole. */
export function readJoinedFile(value: unknown): JoinedFile | null {
  const file = fileSchema.safeParse(value)
  if (!file.success) return null
  const communities = file.data.communities.slice(0, MOST_COMMUNITIES).flatMap((each) => {
    const record = joinedSchema.safeParse(each)
    return record.success ? [record.data] : []
  })
  return { version: 1, isWatching: file.data.isWatching, communities }
}
