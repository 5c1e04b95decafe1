import { z } from 'zod'
import type { Facts } from '../../core/checking/facts.ts'
import { isFailure, standingOf } from '../../core/checking/standing.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** Runs that are kept at most: all of a day, one an hour of a week, one a day of more than a year. */
const MOST_RUNS = 900

const runSchema = z.object({
  /** Wall-clock milliseconds. */
  at: z.number(),
  /** How many rooms newcomers of each homeserver would come into, of how many. */
  servers: z.record(z.string(), z.object({ open: z.int(), of: z.int() })),
})

const historySchema = z.object({
  version: z.literal(1),
  runs: z.array(runSchema),
  /** Rooms that newcomers don't come into: addresses, each with homeservers and since when. */
  failing: z.record(z.string(), z.record(z.string(), z.number())),
})

/** What earlier runs found, oldest first. Grows with the rooms that fail, not with the runs. */
export type History = z.infer<typeof historySchema>

/** Nothing is known yet. */
export const noHistory: History = { version: 1, runs: [], failing: {} }

/** Reads a kept history; null where it is damaged. */
export function readHistory(text: string): History | null {
  try {
    return historySchema.parse(JSON.parse(text))
  } catch {
    return null
  }
}

/** The history with one run more, and with fewer of the old ones. */
export function withRun(history: History, facts: Facts): History {
  const servers = Object.fromEntries(facts.servers.map(({ name }) => [name, { open: 0, of: 0 }]))
  const failing = unasked(history, new Set(facts.servers.map(({ name }) => name)))
  for (const report of allOf(facts)) {
    for (const view of report.views) {
      const server = facts.servers.find((each) => each.name === view.server)
      const count = servers[view.server]
      if (count === undefined) continue
      count.of += 1
      if (isFailure(standingOf(facts, report, view, server))) {
        const since = failingSince(history, report.address, view.server) ?? facts.at
        failing[report.address] = { ...failing[report.address], [view.server]: since }
      } else count.open += 1
    }
  }
  return { version: 1, runs: thinned([...history.runs, { at: facts.at, servers }], facts.at), failing }
}

/** The space and all rooms, in the order of the page. */
export function allOf(facts: Facts): Facts['rooms'] {
  return [...(facts.space === null ? [] : [facts.space]), ...facts.rooms]
}

/**
 * Since when a room has failed without a break, seen from a homeserver: wall-clock milliseconds, or null where it
 * doesn't fail now. Runs that didn't ask that homeserver say nothing.
 */
export function failingSince({ failing }: History, address: string, server: string): number | null {
  return failing[address]?.[server] ?? null
}

/** How many of all rooms newcomers of a homeserver came into over time, each between 0 and 1, oldest first. */
export function trendOf({ runs }: History, server: string): { at: number; share: number }[] {
  return runs.flatMap((run) => {
    const count = run.servers[server]
    return count === undefined || count.of === 0 ? [] : [{ at: run.at, share: count.open / count.of }]
  })
}

/* What is known of homeservers that weren't asked this time. */
function unasked({ failing }: History, asked: ReadonlySet<string>): History['failing'] {
  return Object.fromEntries(
    Object.entries(failing).flatMap(([address, servers]) => {
      const rest = Object.entries(servers).filter(([server]) => !asked.has(server))
      return rest.length === 0 ? [] : [[address, Object.fromEntries(rest)]]
    }),
  )
}

/* The last run of each hour, or day, the further back they lie. */
function thinned(runs: History['runs'], now: number): History['runs'] {
  const spanOf = (at: number): number => (now - at < DAY ? 1 : now - at < 7 * DAY ? HOUR : DAY)
  return runs
    .filter(({ at }, index) => {
      const next = runs[index + 1]
      const span = spanOf(at)
      return next === undefined || Math.floor(at / span) !== Math.floor(next.at / span)
    })
    .slice(-MOST_RUNS)
}
