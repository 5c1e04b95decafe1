import { Readable } from 'node:stream'
// Not the global ones, which these tests hurry.
import { clearTimeout, setTimeout } from 'node:timers'
import type { News } from '../../cli/events.ts'
import { Interruption } from '../../cli/interruption.ts'
import type { JoinOptions } from '../../cli/join-arguments.ts'
import { join } from '../../cli/join.ts'

/** Longer than any run takes at these tests' haste, in milliseconds. */
const TOO_LONG = 40_000

/** What must be said of a run; all else may be left out. */
type Wish = Partial<JoinOptions> & Pick<JoinOptions, 'community' | 'homeserver' | 'user' | 'secret'>

/**
 * Runs `foyer join` in this process, which saves starting one. `isEnough` hears all news so far; true ends the run as
 * Ctrl-C does.
 */
export async function runHere(
  wish: Wish,
  secret: string,
  isEnough: (news: readonly News[]) => boolean = () => false,
): Promise<{ readonly news: readonly News[]; readonly exit: number }> {
  const news: News[] = []
  const interruption = new Interruption(() => undefined)
  const tooLong = setTimeout(() => interruption.ask('SIGTERM'), TOO_LONG)
  const output = {
    busy: () => undefined,
    show: () => undefined,
    tell(each: News) {
      news.push(each)
      if (isEnough(news)) interruption.ask('SIGINT')
    },
  }
  const input = Readable.from([secret]) as NodeJS.ReadStream
  const options = {
    preset: null,
    agreesToRules: true,
    isQuiet: null,
    rooms: [],
    isJson: true,
    isDryRun: false,
    resumePath: null,
    proxy: null,
    caPath: null,
    ...wish,
  }
  const { exit } = await join(options, { input, output, interruption })
  clearTimeout(tooLong)
  return { news, exit }
}
