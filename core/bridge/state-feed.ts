import type { OnboardingState } from '../onboarding/state.ts'
import { patched, patchOf, type Patch } from '../patch.ts'

/*
 * How the screens learn of the state: the whole once, and from then on what has changed. As text, since a string
 * crosses into the sandboxed page at once, where an object of thousands of rooms would be copied part by part.
 */

interface Change {
  /** The change before this one; null where it is the whole. */
  readonly from: number | null
  readonly to: number
  readonly patch: Patch
}

/** The side that tells. */
export class StateFeed {
  #told: OnboardingState | null = null
  #count = 0

  /** The whole state. */
  whole(state: OnboardingState): string {
    this.#told = state
    return this.#written(null, { value: state })
  }

  /** What has changed since the last time; null where nothing has. */
  change(state: OnboardingState): string | null {
    if (this.#told === null) return this.whole(state)
    const patch = patchOf(this.#told, state)
    this.#told = state
    return patch === null ? null : this.#written(this.#count, patch)
  }

  #written(from: number | null, patch: Patch): string {
    this.#count += 1
    const change: Change = { from, to: this.#count, patch }
    return JSON.stringify(change)
  }
}

/** The side that is told. */
export class StateFollower {
  #state: OnboardingState | null = null
  #at = 0

  /** Null until the whole was told. */
  get state(): OnboardingState | null {
    return this.#state
  }

  /**
   * Takes a change in. False where it doesn't follow from what is known here, so that something was missed: then the
   * whole is needed, and until it comes the state stays what it was.
   */
  take(text: string): boolean {
    const { from, to, patch } = JSON.parse(text) as Change
    if (from !== null && (this.#state === null || from !== this.#at)) return false
    try {
      this.#state = patched(this.#state, patch) as OnboardingState
    } catch {
      return false
    }
    this.#at = to
    return true
  }
}
