import { Method, type MatrixClient } from 'matrix-js-sdk'
import { z } from 'zod'
import type { JoinAnswer, Refusal } from '../../core/joining/answer.ts'
import type { QuietKind } from '../../core/joining/quiet.ts'
import { refusalOf } from '../http/matrix-error.ts'

/** What a room's rule does: lets only mentions ring, as Foyer sets it, or something else. */
export type RuleEffect = 'mentions' | 'other'

/** The requests of a quiet start. None rejects for what a server answers. */
export interface QuietRequests {
  /** What rules of the newcomer's say about single rooms, by room ID. */
  rules(): Promise<ReadonlyMap<string, RuleEffect> | Refusal>
  /** True where the newcomer has set nothing of the kind. Rules are told by `rules`. */
  isFree(kind: Exclude<QuietKind, 'rule'>, roomId: string): Promise<boolean | Refusal>
  set(kind: QuietKind, roomId: string): Promise<JoinAnswer>
  /** Takes it away; what isn't there counts as taken away. */
  remove(kind: QuietKind, roomId: string): Promise<JoinAnswer>
}

/** The requests with which a pass is undone. None rejects for what a server answers. */
export interface LeaveRequests {
  /** Leaves a room, or takes a knock back. */
  leave(roomId: string): Promise<JoinAnswer>
  /** Which of these rooms the account is still in, has knocked at, or is invited to. */
  stillThere(roomIds: readonly string[]): Promise<ReadonlySet<string> | Refusal>
}

/** What changed for rooms that wait for somebody inside. */
export interface Invitations {
  readonly invited: ReadonlySet<string>
  readonly knocked: ReadonlySet<string>
  /** Where the next question goes on. */
  readonly next: string
}

/**
 * Asks which invitations there are for these rooms; others may be told too. With `since` the server keeps the question open until there is one, at most for
 * `timeout` milliseconds (spec, `GET /sync`).
 */
export type AskInvitations = (
  since: string | null,
  timeout: number,
  roomIds: readonly string[],
  signal: AbortSignal,
) => Promise<Invitations | Refusal>

/** Where MSC3230, which is no part of the specification yet, keeps a space's place; Element and others read it. */
const SPACE_ORDER = 'org.matrix.msc3230.space_order'
/** Behind the spaces that the newcomer has put in order, in front of those that have no order. */
const SPACE_PLACE = { order: 'z' }
const FAVOURITE = 'm.favourite'
/** Between 0, the top, and 1 (spec, room tagging). */
const FAVOURITE_PLACE = { order: 0.5 }

const conditionSchema = z.object({
  kind: z.string(),
  key: z.string().optional(),
  pattern: z.string().optional(),
})
const ruleSchema = z.object({
  rule_id: z.string(),
  actions: z.array(z.unknown()),
  conditions: z.array(conditionSchema).optional().catch(undefined),
})
const rulesSchema = z.object({
  global: z.object({
    room: z.array(ruleSchema).default([]),
    override: z.array(ruleSchema).default([]),
  }),
})
const tagsSchema = z.object({ tags: z.record(z.string(), z.unknown()) })
const orderSchema = z.object({ order: z.string() })
const syncSchema = z.object({
  next_batch: z.string(),
  rooms: z
    .object({
      invite: z.record(z.string(), z.unknown()).default({}),
      knock: z.record(z.string(), z.unknown()).default({}),
    })
    .default({ invite: {}, knock: {} }),
})

/** The real requests of a quiet start, for one session. */
export function quietRequests(client: MatrixClient): QuietRequests {
  return {
    async rules() {
      return answered(async () => rulesOf(await client.http.authedRequest(Method.Get, '/pushrules/')))
    },
    async isFree(kind, roomId) {
      if (kind === 'favourite') {
        return answered(async () => !(FAVOURITE in tagsSchema.parse(await client.getRoomTags(roomId)).tags))
      }
      const found = await answered(async () => {
        const content = await client.http.authedRequest(Method.Get, orderPath(client, roomId))
        return !orderSchema.safeParse(content).success
      })
      // Nothing was ever set.
      return typeof found === 'object' && found.kind === 'refused' && found.httpStatus === 404 ? true : found
    },
    set: (kind, roomId) => done(roomId, () => setIn(client, kind, roomId)),
    async remove(kind, roomId) {
      const answer = await done(roomId, () => removeFrom(client, kind, roomId))
      const isGone = answer.kind === 'refused' && (answer.httpStatus === 404 || answer.httpStatus === 403)
      return isGone ? { kind: 'joined', roomId } : answer
    },
  }
}

/** The real requests for leaving, for one session. */
export function leaveRequests(client: MatrixClient): LeaveRequests {
  return {
    leave: (roomId) => done(roomId, () => client.leave(roomId)),
    stillThere: (roomIds) =>
      answered(async () => {
        const { joined_rooms: joined } = await client.getJoinedRooms()
        const waiting = await askSync(client, null, 0, roomIds, new AbortController().signal)
        return new Set([...joined, ...waiting.invited, ...waiting.knocked])
      }),
  }
}

/** The real question about invitations, for one session. */
export function invitationRequest(client: MatrixClient): AskInvitations {
  return (since, timeout, roomIds, signal) => answered(() => askSync(client, since, timeout, roomIds, signal))
}

// Naming the rooms keeps the answer small: an account may be in thousands of others.
async function askSync(
  client: MatrixClient,
  since: string | null,
  timeout: number,
  rooms: readonly string[],
  abortSignal: AbortSignal,
): Promise<Invitations> {
  const nothing = { types: [] }
  const filter = {
    presence: nothing,
    account_data: nothing,
    room: {
      rooms,
      ephemeral: nothing,
      account_data: nothing,
      state: nothing,
      timeline: { ...nothing, limit: 1 },
    },
  }
  const query = {
    filter: JSON.stringify(filter),
    set_presence: 'offline',
    // A first answer comes at once. Synapse gives it for two minutes to whoever asks the very same, so nobody does.
    timeout: String(since === null ? Math.ceil(Math.random() * 1_000) : timeout),
    ...(since !== null && { since }),
  }
  const answer = await client.http.authedRequest(Method.Get, '/sync', query, undefined, {
    abortSignal,
    priority: 'auto',
  })
  const { next_batch: next, rooms: found } = syncSchema.parse(answer)
  return { invited: new Set(Object.keys(found.invite)), knocked: new Set(Object.keys(found.knock)), next }
}

async function setIn(client: MatrixClient, kind: QuietKind, roomId: string): Promise<void> {
  switch (kind) {
    case 'rule':
      // No actions: no sound and no count for messages; mentions have rules of their own above it (spec v1.7).
      await client.http.authedRequest(Method.Put, rulePath(roomId), undefined, { actions: [] })
      break
    case 'favourite':
      await client.setRoomTag(roomId, FAVOURITE, FAVOURITE_PLACE)
      break
    case 'order':
      await client.http.authedRequest(Method.Put, orderPath(client, roomId), undefined, SPACE_PLACE)
      break
  }
}

async function removeFrom(client: MatrixClient, kind: QuietKind, roomId: string): Promise<void> {
  switch (kind) {
    case 'rule':
      await client.http.authedRequest(Method.Delete, rulePath(roomId))
      break
    case 'favourite':
      await client.deleteRoomTag(roomId, FAVOURITE)
      break
    case 'order':
      // Account data can't be deleted; without its `order` it says nothing.
      await client.http.authedRequest(Method.Put, orderPath(client, roomId), undefined, {})
      break
  }
}

/** The rooms of which room rules and overrides speak. An override for a room is how clients mute one wholly. */
function rulesOf(answer: unknown): Map<string, RuleEffect> {
  const { room, override } = rulesSchema.parse(answer).global
  const overridden = override.flatMap(
    ({ conditions = [] }) => conditions.find((each) => each.key === 'room_id')?.pattern ?? [],
  )
  return new Map<string, RuleEffect>([
    ...room.map(({ rule_id: roomId, actions }) => [roomId, isQuiet(actions) ? 'mentions' : 'other'] as const),
    ...overridden.map((roomId) => [roomId, 'other'] as const),
  ])
}

// Until version 1.7 of the specification one wrote dont_notify where now nothing stands.
function isQuiet(actions: readonly unknown[]): boolean {
  return actions.every((action) => action === 'dont_notify')
}

function rulePath(roomId: string): string {
  return `/pushrules/global/room/${encodeURIComponent(roomId)}`
}

function orderPath(client: MatrixClient, roomId: string): string {
  const user = encodeURIComponent(client.getSafeUserId())
  return `/user/${user}/rooms/${encodeURIComponent(roomId)}/account_data/${SPACE_ORDER}`
}

async function done(roomId: string, ask: () => Promise<unknown>): Promise<JoinAnswer> {
  try {
    await ask()
    return { kind: 'joined', roomId }
  } catch (error) {
    return refusalOf(error)
  }
}

async function answered<Value>(ask: () => Promise<Value>): Promise<Value | Refusal> {
  try {
    return await ask()
  } catch (error) {
    // An answer that isn't what the specification says is as good as none.
    if (error instanceof z.ZodError) return { kind: 'lost', message: 'not understood' }
    return refusalOf(error)
  }
}
