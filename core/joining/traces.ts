import type { Wish } from '../joined/wish.ts'
import { nothingEntered, type Entered } from './entered.ts'
import type { Leaving } from './leaving.ts'
import type { QuietStart } from './quiet.ts'

/** What a pass does to the account beside joining: kept in the journal, so that a stop forgets none of it. */
export interface Traces {
  readonly entered: Entered
  readonly quiet: QuietStart
  /** The newcomer is undoing the pass. */
  readonly leaving: Leaving | null
  /** The newcomer's own words to the moderators of rooms that ask first; empty for Foyer's. */
  readonly knockReason: string
  /** Null where nobody chose on the rooms screen, and for journals from before it was kept. */
  readonly wish: Wish | null
}

/** Before anything was joined. */
export function freshTraces(isQuiet: boolean, knockReason = '', wish: Wish | null = null): Traces {
  return {
    entered: nothingEntered,
    quiet: { isWanted: isQuiet, marks: [] },
    leaving: null,
    knockReason,
    wish,
  }
}
