import { z } from 'zod'
import { joinReasons } from '../core/joining/queue.ts'
import { failureReasons } from './failure.ts'

const at = z.iso.datetime().describe('When it happened.')
const reason = z.enum(joinReasons).describe('Why a room is not joined; new ones may be added.')

const room = z.object({
  address: z.string().describe('Alias or room ID, as the community names it; stays the same in all events.'),
  roomId: z.string().nullable().describe('Null while no server has said it.'),
  name: z.string().nullable().describe('What the room is called, where anybody says.'),
  kind: z.enum(['space', 'room']),
})
const counts = {
  joined: z.int().nonnegative().describe('Rooms joined so far, the space not counted.'),
  asked: z.int().nonnegative().describe('Rooms wanted, the space not counted.'),
}
const refused = room.extend({ reason, sentence: z.string().describe('The reason for people, in English.') })
const seconds = z.object({ low: z.number(), high: z.number() })

/** One line of `foyer join --json`. The last one is `finished`, `failed` or `interrupted`. */
export const eventSchema = z
  .discriminatedUnion('type', [
    z.object({
      type: z.literal('planned'),
      at,
      community: z.object({ id: z.string(), name: z.string() }),
      user: z.string().nullable().describe('Matrix ID; null in a dry run without an account.'),
      homeserver: z.string(),
      rooms: z.array(room.extend({ isHere: z.boolean().nullable() })),
      mayGrow: z.boolean().describe('Rooms that only members of the space see come later, as `added`.'),
      isQuiet: z
        .boolean()
        .describe('Rooms are to ring for mentions only. May still become true where `mayGrow` is.'),
      seconds: seconds.describe('About how long joining takes.'),
      ...counts,
      journal: z.string().nullable().describe('Where the journal is kept; null in a dry run.'),
      isResumed: z.boolean(),
      isDryRun: z.boolean(),
    }),
    z.object({ type: z.literal('added'), at, rooms: z.array(room), ...counts }),
    z.object({ type: z.literal('joined'), at, ...room.shape, hasMoved: z.boolean(), ...counts }),
    z.object({
      type: z.literal('notJoined'),
      at,
      ...refused.shape,
      answer: z.string().nullable().describe('The homeserver’s last words.'),
      ...counts,
    }),
    z.object({
      type: z.literal('waiting'),
      at,
      until: z.iso.datetime().describe('When the next request goes out.'),
      secondsLeft: seconds.nullable(),
      ...counts,
    }),
    z.object({
      type: z.literal('quiet'),
      at,
      isOn: z.boolean().describe('False where it was taken back.'),
      rooms: z
        .int()
        .describe('How many ring for mentions only since this run, or an earlier one of its journal.'),
      hasFavourite: z.boolean().describe('The lobby was made a favourite.'),
      hasPlace: z.boolean().describe('The space was given its place among the others.'),
      leftAlone: z.int().describe('Where the account had something of its own, which stays.'),
      isComplete: z
        .boolean()
        .describe('False where the homeserver didn’t let all of it be set, or taken back.'),
    }),
    z.object({ type: z.literal('offline'), at, homeserver: z.string() }),
    z.object({ type: z.literal('online'), at, homeserver: z.string() }),
    z.object({
      type: z.literal('code'),
      at,
      page: z.string().describe('Where to enter it; holds the code where the server offers that.'),
      code: z.string(),
      until: z.iso.datetime().describe('When it runs out.'),
    }),
    z.object({ type: z.literal('notice'), at, sentence: z.string() }),
    z.object({
      type: z.literal('finished'),
      at,
      ...counts,
      notJoined: z.array(refused),
      isDryRun: z.boolean(),
      exit: z.union([z.literal(0), z.literal(3)]),
    }),
    z.object({
      type: z.literal('failed'),
      at,
      reason: z.enum(failureReasons),
      sentence: z.string(),
      journal: z.string().nullable(),
      exit: z.union([z.literal(1), z.literal(2)]),
    }),
    z.object({
      type: z.literal('interrupted'),
      at,
      ...counts,
      journal: z.string().nullable().describe('What `--resume` takes up; null where nothing was begun.'),
      exit: z.int().describe('128 and the number of the signal.'),
    }),
  ])
  .meta({
    title: 'Events of foyer join --json',
    description: 'One event a line. Ignore types and fields that you don’t know: new ones may be added.',
  })

export type Event = z.infer<typeof eventSchema>

/** A room within an event. */
export type EventRoom = z.infer<typeof room>

/** A room that wasn't joined, with the reason. */
export type RefusedRoom = z.infer<typeof refused>

// Distributes over the union, so that each event keeps its own fields.
type Undated<One> = One extends unknown ? Omit<One, 'at'> : never

/** An event before its moment is written on it. */
export type News = Undated<Event>

/** The published JSON Schema. Fields may be added, so others are allowed. */
export function eventsJsonSchema(): object {
  return z.toJSONSchema(eventSchema, {
    io: 'input',
    override({ jsonSchema }) {
      // Four hundred characters that say no more than the format does.
      if (jsonSchema.format === 'date-time') delete jsonSchema.pattern
    },
  })
}
