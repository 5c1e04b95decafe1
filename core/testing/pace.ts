import { freshPace, withPassed, withSent, type Pace } from '../joining/pace.ts'

/** So many joins of rooms here that went through at `at`. */
export function passed(count: number, at = 0, pace: Pace = freshPace): Pace {
  let next = pace
  for (let index = 0; index < count; index += 1) next = withPassed(withSent(next, true, at), true)
  return next
}
