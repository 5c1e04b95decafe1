import { useState } from 'react'

/**
 * The list of before for as long as every item of the one given is like its own, so that nothing is worked out anew where
 * nothing that matters has changed.
 */
export function useSame<Item>(
  list: readonly Item[],
  isAlike: (one: Item, other: Item | undefined) => boolean,
): readonly Item[] {
  const [kept, keep] = useState(list)
  if (kept === list) return kept
  if (kept.length === list.length && kept.every((each, place) => isAlike(each, list[place]))) return kept
  keep(list)
  return list
}
