/** What one piece of work costs. */
export interface Cost {
  readonly name: string
  /** Milliseconds of processor time. */
  readonly min_ms: number
  readonly median_ms: number
  /** What it may cost at most; null where it is part of something that has a bound. */
  readonly bound_ms: number | null
  /** Median by bound. */
  readonly ratio: number | null
}

/** Does some work. Returns the processor's time for it, in milliseconds, and what came out. */
export async function costOf<Value>(work: () => Value | Promise<Value>): Promise<[number, Value]> {
  const before = process.cpuUsage()
  const value = await work()
  return [since(before), value]
}

/** The processor's time since then, in milliseconds: others may be busy meanwhile. */
export function since(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1_000
}

/** Does the same several times, one after the other. */
export async function inTurn<Value>(times: number, work: () => Promise<Value>): Promise<Value[]> {
  const done: Value[] = []
  for (let round = 0; round < times; round += 1) done.push(await work())
  return done
}

/** Sums several rounds up; `bound` is in milliseconds. */
export function summedUp(name: string, rounds: readonly number[], bound: number | null): Cost {
  const sorted = rounds.toSorted((one, other) => one - other)
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0
  return {
    name,
    min_ms: rounded(sorted[0] ?? 0),
    median_ms: rounded(median),
    bound_ms: bound,
    ratio: bound === null ? null : rounded(median / bound),
  }
}

/** What is beyond its bound, as sentences. */
export function costShortfalls(costs: readonly Cost[]): readonly string[] {
  return costs.flatMap(({ name, ratio, median_ms, bound_ms }) =>
    ratio !== null && ratio > 1 ? [`${name} took ${median_ms} ms, ${bound_ms} at most`] : [],
  )
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100
}
