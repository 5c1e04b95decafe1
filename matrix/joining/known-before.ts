import type { Refusal } from '../../core/joining/answer.ts'
import type { JoinRequests } from './join-requests.ts'

/**
 * The same requests, but nothing is joined before it is known which rooms the account is in already: those are never
 * left again. `onKnown` must have written it down when it returns. The question goes out with the first join, and only once. Where it isn't answered, neither is the join.
 */
export function knowingBefore(
  requests: JoinRequests,
  isKnown: () => boolean,
  onKnown: (roomIds: ReadonlySet<string>) => void,
): JoinRequests {
  let asked: Promise<Refusal | null> | null = null
  const ask = async (): Promise<Refusal | null> => {
    const answer = await requests.joinedRooms()
    if ('kind' in answer) return answer
    onKnown(answer)
    return null
  }
  const refused = async (): Promise<Refusal | null> => {
    if (isKnown()) return null
    asked ??= ask().finally(() => {
      asked = null
    })
    return asked
  }
  return {
    ...requests,
    join: async (address, via) => (await refused()) ?? requests.join(address, via),
    knock: async (address, via, reason) => (await refused()) ?? requests.knock(address, via, reason),
  }
}
