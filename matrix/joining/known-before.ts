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
  // Whatever the question was for: as long as this isn't known, nothing of this pass was joined.
  const joinedRooms = async (): ReturnType<JoinRequests['joinedRooms']> => {
    const answer = await requests.joinedRooms()
    if (!('kind' in answer) && !isKnown()) onKnown(answer)
    return answer
  }
  const ask = async (): Promise<Refusal | null> => {
    const answer = await joinedRooms()
    return 'kind' in answer ? answer : null
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
    joinedRooms,
    join: async (address, via) => (await refused()) ?? requests.join(address, via),
    knock: async (address, via, reason) => (await refused()) ?? requests.knock(address, via, reason),
  }
}
