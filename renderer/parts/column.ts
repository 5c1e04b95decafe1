import type { ReactNode } from 'react'

/** A section with those of its items that are shown. */
export interface ShownSection<Item> {
  readonly id: string
  readonly shown: readonly Item[]
}

/** What stands below the other in one column of sections. Keys are the column's own. */
export type Part<Item, Section> =
  | { readonly kind: 'head' | 'foot'; readonly key: string; readonly section: Section }
  | {
      readonly kind: 'row'
      readonly key: string
      readonly section: Section
      readonly item: Item
      /** Place in its section. */
      readonly index: number
    }

/** Puts sections below each other: heading, rows, and what stands below them where there is something. */
export function columnOf<Item, Section extends ShownSection<Item>>(
  sections: readonly Section[],
  keyOf: (item: Item) => string,
  renderFoot: ((section: Section) => ReactNode) | undefined,
): readonly Part<Item, Section>[] {
  return sections.flatMap((section): Part<Item, Section>[] => {
    const below = renderFoot?.(section) ?? null
    return [
      { kind: 'head', key: `head ${section.id}`, section },
      ...section.shown.map(
        (item, index) => ({ kind: 'row', key: `row ${keyOf(item)}`, section, item, index }) as const,
      ),
      ...(below === null || below === false
        ? []
        : [{ kind: 'foot', key: `foot ${section.id}`, section } as const]),
    ]
  })
}
