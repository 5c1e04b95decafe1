import type { OnboardingPorts } from './ports.ts'

/** How long what doesn't answer is left alone, in milliseconds; twice as long each time. */
const LEFT_ALONE = { least: 5_000, most: 60_000 }

/** Asks after a while, and again after longer ones, until `ask` says that this was enough or the signal ends it. */
export async function askAgain(
  clock: Pick<OnboardingPorts['clock'], 'sleep'>,
  signal: AbortSignal,
  ask: () => Promise<boolean>,
): Promise<void> {
  const { least, most } = LEFT_ALONE
  for (let wait = least; !signal.aborted; wait = Math.min(2 * wait, most)) {
    await clock.sleep(wait, signal)
    if (signal.aborted || (await ask())) return
  }
}
