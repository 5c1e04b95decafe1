import { z } from 'zod'
import type { Facts } from '../../core/checking/facts.ts'
import { isFailure, standingOf } from '../../core/checking/standing.ts'

/** Runs that are kept; the oldest go. Hourly ones reach back a fortnight, daily ones a year. */
const MOST_RUNS = 400

const runSchema = z.object({
  /** Wall-clock milliseconds. */
  at: z.number(),
  /** How many rooms newcomers of each homeserver would come into, of how many. */
  servers: z.record(z.string(), z.object({ open: z.int(), of: z.int() })),
  /** Rooms they would not come into: addresses, each with homeservers. */
  fails: z.record(z.string(), z.array(z.string())),
})

const historySchema = z.object({ version: z.literal(1), runs: z.array(runSchema) })

/** What earlier runs found, oldest first. */
export type History = z.infer<typeof historySchema>

/** Nothing is known yet. */
export const noHistory: History = { version: 1, runs: [] }

/** Reads a kept history; null where it is damaged. */
export function readHistory(text: string): History | null {
  try {
    return historySchema.parse(JSON.parse(text))
  } catch {
    return null
  }
}

/** The history with one run more. */
export function withRun(history: History, facts: Facts): History {
  const fails: Record<string, string[]> = {}
  const servers = Object.fromEntries(facts.servers.map(({ name }) => [name, { open: 0, of: 0 }]))
  for (const report of allOf(facts)) {
    for (const view of report.views) {
      const server = facts.servers.find((each) => each.name === view.server)
      const count = servers[view.server]
      if (count === undefined) continue
      count.of += 1
      if (isFailure(standingOf(facts, report, view, server))) {
        fails[report.address] = [...(fails[report.address] ?? []), view.server]
      } else count.open += 1
    }
  }
  return { version: 1, runs: [...history.runs, { at: facts.at, servers, fails }].slice(-MOST_RUNS) }
}

/** The space and all rooms, in the order of the page. */
export function allOf(facts: Facts): Facts['rooms'] {
  return [...(facts.space === null ? [] : [facts.space]), ...facts.rooms]
}

/**
 * Since when a room has failed without a break, seen from a homeserver: wall-clock milliseconds, or null where it
 * doesn't fail now. Runs that didn't ask that homeserver say nothing.
 */
export function failingSince({ runs }: History, address: string, server: string): number | null {
  let since: number | null = null
  for (const run of runs.toReversed()) {
    if (!(server in run.servers)) continue
    if (!(run.fails[address] ?? []).includes(server)) break
    since = run.at
  }
  return since
}

/** How many of all rooms newcomers of a homeserver came into over time, each between 0 and 1, oldest first. */
export function trendOf({ runs }: History, server: string): { at: number; share: number }[] {
  return runs.flatMap((run) => {
    const count = run.servers[server]
    return count === undefined || count.of === 0 ? [] : [{ at: run.at, share: count.open / count.of }]
  })
}
