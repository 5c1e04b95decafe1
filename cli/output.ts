import type { SecondsRange } from '../core/joining/estimate.ts'
import type { News } from './events.ts'
import { linesOf } from './sentences.ts'
import { progressText } from './words.ts'

/** How joining stands at this moment, for the terminal's line. */
export interface Standing {
  readonly joined: number
  readonly asked: number
  readonly secondsLeft: SecondsRange | null
  /** Wall-clock milliseconds. */
  readonly nextAt: number | null
}

/** Where news go: JSON Lines for programs, a line that is redrawn for people, plain lines for everything else. */
export interface Output {
  /** Something takes a while, and there is nothing to count yet. */
  busy(text: string): void
  tell(news: News): void
  show(standing: Standing): void
}

/** As much of a stream as an output needs. */
export interface Sink {
  write(text: string): unknown
  readonly columns?: number | undefined
}

/** One event a line. */
export function jsonOutput(out: Sink, error: Sink, now: () => number): Output {
  return {
    tell(news) {
      const { type, ...rest } = news
      out.write(`${JSON.stringify({ type, at: new Date(now()).toISOString(), ...rest })}\n`)
      if (isForStderr(news)) for (const line of linesOf(news)) error.write(`${line}\n`)
    },
    busy: () => undefined,
    show: () => undefined,
  }
}

/** One line for each room that is settled. */
export function plainOutput(out: Sink, error: Sink): Output {
  return {
    tell(news) {
      const to = isForStderr(news) ? error : out
      for (const line of linesOf(news)) to.write(`${line}\n`)
    },
    busy: () => undefined,
    show: () => undefined,
  }
}

const CLEAR = '\r\u001B[K'

/** One line that is redrawn; what can't wait is printed above it, the rooms that weren't joined at the end. */
export function terminalOutput(out: Sink, error: Sink, now: () => number): Output {
  let standing: Standing | null = null
  let shown = ''
  const redraw = (text: string): void => {
    // A line that wraps couldn't be cleared. Some terminals say that they have no columns.
    const line = text.slice(0, (out.columns || 80) - 1)
    if (line === shown) return
    out.write(CLEAR + line)
    shown = line
  }
  const draw = (): void => {
    if (standing === null) return
    const { joined, asked, secondsLeft, nextAt } = standing
    redraw(progressText(joined, asked, secondsLeft, nextAt === null ? null : nextAt - now()))
  }
  // Counts down; never keeps the process alive.
  setInterval(draw, 1_000).unref()
  return {
    busy: redraw,
    tell(news) {
      if (news.type === 'joined' || news.type === 'notJoined') return
      const lines = linesOf(news)
      if (lines.length === 0) return
      redraw('')
      for (const line of lines) (isForStderr(news) ? error : out).write(`${line}\n`)
      if (isLast(news)) standing = null
      draw()
    },
    show(next) {
      standing = next
      draw()
    },
  }
}

function isLast(news: News): boolean {
  return news.type === 'finished' || news.type === 'failed' || news.type === 'interrupted'
}

function isForStderr(news: News): boolean {
  return ['notice', 'code', 'failed', 'interrupted'].includes(news.type)
}
