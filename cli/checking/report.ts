import { z } from 'zod'
import { checkIds } from '../../core/checking/catalogue.ts'
import type { Facts } from '../../core/checking/facts.ts'
import { countsOf } from '../../core/checking/finding.ts'
import { estimateFrom } from '../../core/checking/join-time.ts'
import { standings, standingOf, isFailure } from '../../core/checking/standing.ts'
import type { PlacedFinding } from '../../core/checking/check-manifest.ts'

const severity = z.enum(['error', 'warning', 'note'])

const findingSchema = z.object({
  id: z.enum(checkIds).describe('Stable; its meaning and remedy are in checks.md.'),
  severity,
  message: z.string(),
  line: z.int().nullable().describe('In the file, counted from 1; null where the whole is meant.'),
  path: z
    .array(z.union([z.string(), z.int()]))
    .describe('Names of fields and places in lists; of a page in the manifest that it makes.'),
  address: z.string().nullable().describe('The room it is about.'),
  server: z.string().nullable().describe('The homeserver it was seen from, or that it is about.'),
})

const serverSchema = z.object({
  name: z.string(),
  isReachable: z.boolean(),
  software: z.string().nullable(),
  rooms: z.int().describe('How many rooms it takes part in already.'),
  seconds: z
    .object({ low: z.int(), high: z.int() })
    .describe('How long joining everything takes a newcomer with default limits.'),
})

const roomSchema = z.object({
  address: z.string(),
  roomId: z.string().nullable(),
  name: z.string().nullable(),
  members: z.int().nullable(),
  joinRule: z.string().nullable(),
  standing: z.record(z.string(), z.enum(standings)).describe('How a newcomer of each homeserver fares.'),
  fails: z.array(z.string()).describe('Homeservers whose newcomers would not come in.'),
})

const targetSchema = z.object({
  name: z.string().describe('The file, or the address.'),
  kind: z.enum(['manifest', 'page', 'link']),
  fixed: z.array(z.string()).describe('What `--fix` did.'),
  findings: z.array(findingSchema),
  facts: z
    .object({
      at: z.iso.datetime(),
      isSignedIn: z.boolean(),
      servers: z.array(serverSchema),
      rooms: z.array(roomSchema).describe('The space comes first, if there is one.'),
    })
    .nullable()
    .describe('What homeservers said; null where none was asked.'),
})

/** What `foyer check --json` prints. */
export const reportSchema = z
  .object({
    version: z.literal(1),
    targets: z.array(targetSchema),
    counts: z.object({ error: z.int(), warning: z.int(), note: z.int() }),
    exit: z.union([z.literal(0), z.literal(3)]),
  })
  .meta({
    title: 'Report of foyer check --json',
    description: 'Fields may be added, and checks: ignore what you don’t know.',
  })
export type Report = z.infer<typeof reportSchema>
export type TargetReport = Report['targets'][number]

/** The published JSON Schema. */
export function reportJsonSchema(): object {
  return z.toJSONSchema(reportSchema, {
    io: 'input',
    override({ jsonSchema }) {
      // Four hundred characters that say no more than the format does.
      if (jsonSchema.format === 'date-time') delete jsonSchema.pattern
    },
  })
}

/** Everything about one target. */
export interface Checked {
  readonly name: string
  readonly kind: 'manifest' | 'page' | 'link'
  readonly community: string
  readonly findings: readonly PlacedFinding[]
  readonly facts: Facts | null
  readonly fixed: readonly string[]
}

/** The report of a run. */
export function reportOf(all: readonly Checked[], exit: 0 | 3): Report {
  const targets = all.map(({ name, kind, fixed, findings, facts }) => ({
    name,
    kind,
    fixed: [...fixed],
    findings: findings.map(({ path, ...each }) => ({ ...each, path: [...path] })),
    facts: facts === null ? null : factsReport(facts),
  }))
  return { version: 1, targets, counts: countsOf(all.flatMap((each) => each.findings)), exit }
}

function factsReport(facts: Facts): NonNullable<TargetReport['facts']> {
  const all = [...(facts.space === null ? [] : [facts.space]), ...facts.rooms]
  return {
    at: new Date(facts.at).toISOString(),
    isSignedIn: facts.isSignedIn,
    servers: facts.servers.map(({ name, isReachable, software }) => {
      const { here, seconds } = estimateFrom(facts, name)
      return {
        name,
        isReachable,
        software: software === null ? null : `${software.name} ${software.version}`,
        rooms: here,
        seconds,
      }
    }),
    rooms: all.map((room) => {
      const standing = Object.fromEntries(
        room.views.map((view) => [
          view.server,
          standingOf(
            facts,
            room,
            view,
            facts.servers.find((server) => server.name === view.server),
          ),
        ]),
      )
      return {
        address: room.address,
        roomId: room.details?.roomId ?? null,
        name: room.details?.name ?? null,
        members: room.details?.members ?? null,
        joinRule: room.details?.joinRule ?? null,
        standing,
        fails: Object.entries(standing).flatMap(([server, each]) => (isFailure(each) ? [server] : [])),
      }
    }),
  }
}
