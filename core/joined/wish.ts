import type { Community } from '../communities/community.ts'
import type { InterestQuestion } from '../communities/description.ts'
import { saidOf } from '../onboarding/said.ts'
import type { RoomsState, Said } from '../onboarding/state.ts'

/** What the newcomer wished for in a pass beside single rooms, to be remembered for when more of them come. */
export interface Wish {
  /** ID of the preset that they took; null where they came for news and left the choice as it was. */
  readonly preset: string | null
  readonly said: Said
}

/** Of passes of which nothing is known: rooms that were chosen one by one, and nothing said. */
export const noWish = { preset: 'own', said: { agreedTo: null, answers: [] } } as const satisfies Wish

/** What the choice of rooms says of that. */
export function wishOf(state: Pick<RoomsState, 'preset' | 'errand' | 'said'>): Wish {
  const isAsBefore = state.errand?.kind === 'news' && state.preset === 'own'
  return { preset: isAsBefore ? null : state.preset, said: saidOf(state) }
}

/**
 * What was said to `before`, for the community as it is now: answers stay with the words that they were given to, wherever
 * those stand now. Others are left out.
 */
export function saidAgain(
  said: Said,
  before: Pick<Community, 'questions'>,
  now: Pick<Community, 'questions'>,
): Said {
  if (before.questions === now.questions) return said
  const given = new Map(
    before.questions.map((question, place) => [question.text, answersIn(question, said.answers[place])]),
  )
  const answers = now.questions.map(({ text, answers: offered }) =>
    offered.flatMap((answer, place) => (given.get(text)?.has(answer.text) === true ? [place] : [])),
  )
  return { ...said, answers }
}

function answersIn({ answers }: InterestQuestion, places: readonly number[] = []): ReadonlySet<string> {
  return new Set(places.flatMap((place) => answers[place]?.text ?? []))
}
