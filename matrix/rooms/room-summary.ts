import { z } from 'zod'
import { isAlias } from '../../core/addresses/room-address.ts'
import { plainLine } from '../../core/text/plain-text.ts'
import { blankFacts, type JoinRule, type RoomFacts } from '../../core/communities/community.ts'
import { endpoint, getJson, type Fetch, type JsonAnswer } from '../http/fetch.ts'

/** The fields of a room summary (spec v1.15, MSC3266) and of a hierarchy's room that Foyer shows. */
export const summarySchema = z.object({
  room_id: z.string().optional().catch(undefined),
  name: z.string().max(1000).optional().catch(undefined),
  topic: z.string().max(10_000).optional().catch(undefined),
  canonical_alias: z.string().optional().catch(undefined),
  num_joined_members: z.number().int().nonnegative().optional().catch(undefined),
  join_rule: z.string().optional().catch(undefined),
  world_readable: z.boolean().optional().catch(undefined),
  room_type: z.string().nullish().catch(undefined),
  room_version: z.string().max(100).optional().catch(undefined),
  // The names that the two fields had before the specification took them in (MSC3266).
  'im.nheko.summary.room_version': z.string().max(100).optional().catch(undefined),
  encryption: z.string().nullish().catch(undefined),
  'im.nheko.summary.encryption': z.string().nullish().catch(undefined),
  allowed_room_ids: z.array(z.string()).optional().catch(undefined),
})
export type RoomSummary = z.infer<typeof summarySchema>

const SUMMARY_PATHS = [
  '/_matrix/client/v1/room_summary/',
  '/_matrix/client/unstable/im.nheko.summary/summary/',
]

/** The facts that a summary holds. */
export function factsOf(summary: RoomSummary): RoomFacts {
  return {
    sight: 'seen',
    roomId: summary.room_id ?? null,
    name: plainLine(summary.name ?? '') || null,
    topic: plainLine(summary.topic ?? '') || null,
    members: summary.num_joined_members ?? null,
    joinRule: joinRuleOf(summary.join_rule),
    isWorldReadable: summary.world_readable === true,
    isSpace: summary.room_type === 'm.space',
  }
}

/** The answer about a room: the facts, and the summary that they are from where there was one. */
export interface SummaryAnswer {
  readonly facts: RoomFacts
  readonly summary: RoomSummary | null
}

/**
 * Asks one homeserver about a room without an account. Null when that homeserver can't be reached or doesn't offer
 * summaries; then another may be asked. Rejects only when aborted.
 */
export async function askRoomSummary(
  fetch: Fetch,
  baseUrl: string,
  address: string,
  via: readonly string[],
  signal?: AbortSignal,
): Promise<RoomFacts | null> {
  return (await askWholeSummary(fetch, baseUrl, address, via, signal))?.facts ?? null
}

/** As `askRoomSummary`, with the summary itself. */
export async function askWholeSummary(
  fetch: Fetch,
  baseUrl: string,
  address: string,
  via: readonly string[],
  signal?: AbortSignal,
): Promise<SummaryAnswer | null> {
  const options = signal ? { signal } : {}
  for (const path of SUMMARY_PATHS) {
    const url = endpoint(baseUrl, path + encodeURIComponent(address))
    for (const server of via) url.searchParams.append('via', server)
    const answer = await getJson(fetch, url, options)
    if (answer === null) return null
    if (answer.status === 200) {
      const summary = summarySchema.safeParse(answer.body)
      return summary.success ? { facts: factsOf(summary.data), summary: summary.data } : null
    }
    if (isUnknownEndpoint(answer)) continue
    const facts = await factsOfRefusal(fetch, baseUrl, address, answer, options)
    return facts === null ? null : { facts, summary: null }
  }
  return null
}

/** What the alias directory of a homeserver says of an alias; asked without an account. Rejects only when aborted. */
export async function askAliasDirectory(
  fetch: Fetch,
  baseUrl: string,
  alias: string,
  options: { readonly signal?: AbortSignal } = {},
): Promise<{ readonly roomId: string; readonly servers: string[] } | 'missing' | 'unreachable' | 'tooFast'> {
  const answer = await getJson(
    fetch,
    endpoint(baseUrl, `/_matrix/client/v3/directory/room/${encodeURIComponent(alias)}`),
    options,
  )
  if (answer === null) return 'unreachable'
  if (answer.status === 429) return 'tooFast'
  const found = directorySchema.safeParse(answer.body)
  if (answer.status === 200 && found.success)
    return { roomId: found.data.room_id, servers: found.data.servers }
  return answer.status === 404 && errcodeOf(answer) === 'M_NOT_FOUND' ? 'missing' : 'unreachable'
}

const directorySchema = z.object({ room_id: z.string(), servers: z.array(z.string()).default([]) })

/** The join rule as Foyer knows it; a rule of the future counts as `invite`, since nobody can tell how to get in. */
export function joinRuleOf(rule: string | undefined): JoinRule | null {
  if (rule === undefined) return null
  const known: JoinRule[] = ['public', 'knock', 'restricted', 'knock_restricted', 'invite']
  return known.find((each) => each === rule) ?? 'invite'
}

// A server refuses the summary of a private room just as that of a missing one; only the alias directory tells them apart.
async function factsOfRefusal(
  fetch: Fetch,
  baseUrl: string,
  address: string,
  answer: JsonAnswer,
  options: { readonly signal?: AbortSignal },
): Promise<RoomFacts | null> {
  if (answer.status >= 500) return null
  // A rate limit, or a server that wants a token for summaries, says nothing of the room.
  const isHidden = answer.status === 403 || answer.status === 404
  if (!isAlias(address)) return isHidden ? blankFacts('private') : null
  const found = await askAliasDirectory(fetch, baseUrl, address, options)
  if (found === 'missing') return blankFacts('missing')
  return typeof found !== 'string' && isHidden ? { ...blankFacts('private'), roomId: found.roomId } : null
}

function isUnknownEndpoint(answer: JsonAnswer): boolean {
  return (
    [404, 405].includes(answer.status) &&
    errcodeOf(answer) !== 'M_NOT_FOUND' &&
    errcodeOf(answer) !== 'M_FORBIDDEN'
  )
}

function errcodeOf(answer: JsonAnswer): string | null {
  const parsed = z.object({ errcode: z.string() }).safeParse(answer.body)
  return parsed.success ? parsed.data.errcode : null
}
