import { readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import type { RunningFoyer } from '../fixtures/launch.ts'

const traceSchema = z.object({
  traceEvents: z.array(
    z.object({
      name: z.string(),
      ph: z.string(),
      pid: z.number(),
      tid: z.number(),
      ts: z.number().default(0),
      dur: z.number().optional(),
      tdur: z.number().optional(),
      args: z.record(z.string(), z.unknown()).optional(),
    }),
  ),
})
type TraceEvent = z.infer<typeof traceSchema>['traceEvents'][number]

/** What Chromium's own trace says of the window's frames while something was done. */
export interface Frames {
  readonly count: number
  /**
   * The most that the page's main thread worked on one frame (events, script, style, layout and paint), in milliseconds of
   * its own processor time: a busy computer doesn't make it longer.
   */
  readonly worst: number
  readonly median: number
}

/** Records every frame of the window while `act` runs. */
export async function framesDuring({ app }: RunningFoyer, act: () => Promise<void>): Promise<Frames> {
  await app.evaluate(({ contentTracing }) =>
    contentTracing.startRecording({
      included_categories: ['toplevel', 'devtools.timeline', 'disabled-by-default-devtools.timeline', 'cc'],
    }),
  )
  let path = join(tmpdir(), `foyer-trace-${process.pid}-${Date.now()}.json`)
  try {
    await act()
  } finally {
    path = await app.evaluate(({ contentTracing }, file) => contentTracing.stopRecording(file), path)
  }
  const rendererPid = await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId(),
  )
  const { traceEvents } = traceSchema.parse(JSON.parse(readFileSync(path, 'utf8')))
  if (process.env['FOYER_KEEP_TRACE'] === undefined) rmSync(path)
  return framesOf(traceEvents.filter((event) => event.pid === rendererPid))
}

/** Idle for so long, in microseconds, the main thread kept no frame waiting. */
const IDLE = 8_000

/** Sums up the main thread's tasks that went before each frame without a pause. */
function framesOf(events: readonly TraceEvent[]): Frames {
  const main = events.find(
    (event) => event.name === 'thread_name' && event.args?.['name'] === 'CrRendererMain',
  )
  const own = events.filter((event) => event.tid === main?.tid).toSorted((one, other) => one.ts - other.ts)
  const tasks = own.filter((event) => event.name === 'RunTask' && event.ph === 'X')
  const commits = own.filter((event) => event.name === 'Commit').map((event) => event.ts)
  const works: number[] = []
  let work = 0
  let next = 0
  let idleSince = 0
  for (const task of tasks) {
    if (task.ts - idleSince > IDLE) work = 0
    idleSince = task.ts + (task.dur ?? 0)
    work += (task.tdur ?? task.dur ?? 0) / 1000
    if ((commits[next] ?? Infinity) > idleSince) continue
    while ((commits[next] ?? Infinity) <= idleSince) next += 1
    works.push(work)
    work = 0
  }
  const sorted = works.toSorted((one, other) => one - other)
  return {
    count: works.length,
    worst: sorted.at(-1) ?? 0,
    median: sorted[Math.floor(sorted.length / 2)] ?? 0,
  }
}
