import type { Community } from '../communities/community.ts'
import type { Rules } from '../communities/description.ts'
import type { PreviewState, RoomsState, Said } from './state.ts'

const nothing: Said = { agreedTo: null, answers: [] }

/** What the newcomer has said so far. */
export function saidOf({ said }: Pick<PreviewState, 'said'>): Said {
  return said ?? nothing
}

/** True where the community asks newcomers about their interests. */
export function hasQuestions({ questions }: Pick<Community, 'questions'>): boolean {
  return questions.length > 0
}

/** Names rules as they were agreed to: by their address, and the points that stand on the screen. */
export function agreementTo({ url, points }: Pick<Rules, 'url' | 'points'>): string {
  return [url, ...points].join('\n')
}

/** False while the community has rules to agree to before joining, and the newcomer hasn't agreed to these. */
export function hasAgreed(state: Pick<RoomsState, 'community' | 'said'>): boolean {
  const { rules } = state.community
  return rules === null || !rules.mustAgree || saidOf(state).agreedTo === agreementTo(rules)
}

/** What was said, with another answer to one question. Answers that aren't there are left out. */
export function withAnswer(
  said: Said,
  community: Community,
  question: number,
  places: readonly number[],
): Said {
  const { isMany, answers: offered } = community.questions[question] ?? { isMany: false, answers: [] }
  const known = [...new Set(places)].filter((place) => place in offered).toSorted((one, other) => one - other)
  const answer = isMany ? known : known.slice(0, 1)
  const answers = community.questions.map((_, place) =>
    place === question ? answer : (said.answers[place] ?? []),
  )
  return { ...said, answers }
}
