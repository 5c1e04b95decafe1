import { useCallback, useMemo, useState, type ReactNode } from 'react'
import { useWords } from '../i18n/words.tsx'
import { LinkButton } from './Button.tsx'

/** Sections with more rooms than this fold, so that the others can be found. */
const FOLD_BEYOND = 12

/** How many of a section's items are shown, and the button that shows all of them where some are folded. */
export function useFolded<Item>(
  items: readonly Item[],
  shown = FOLD_BEYOND,
  beyond = FOLD_BEYOND,
): readonly [shown: readonly Item[], more: ReactNode] {
  const [isOpen, setOpen] = useState(false)
  if (items.length <= beyond || isOpen) return [items, null]
  return [items.slice(0, shown), <ShowAll key="more" count={items.length} onPress={() => setOpen(true)} />]
}

/** A section, with what of it is shown. */
export type Folding<Section extends { readonly items: readonly unknown[] }> = Section & {
  readonly shown: Section['items']
}

/**
 * The same for several sections: what is shown of each, and the button for one of which some are folded. `isOff`: nothing
 * folds for now.
 */
export function useFolds<Section extends { readonly id: string; readonly items: readonly unknown[] }>(
  sections: readonly Section[],
  { shown = FOLD_BEYOND, isOff = false }: { readonly shown?: number; readonly isOff?: boolean } = {},
): readonly [sections: readonly Folding<Section>[], more: (section: Folding<Section>) => ReactNode] {
  const [open, setOpen] = useState<ReadonlySet<string>>(() => new Set())
  const folded = useMemo(
    () =>
      sections.map((section) => {
        const isOpen = isOff || section.items.length <= FOLD_BEYOND || open.has(section.id)
        return { ...section, shown: isOpen ? section.items : section.items.slice(0, shown) }
      }),
    [sections, open, shown, isOff],
  )
  const more = useCallback(
    ({ id, items, shown: some }: Folding<Section>) =>
      some.length === items.length ? null : (
        <ShowAll count={items.length} onPress={() => setOpen((all) => new Set([...all, id]))} />
      ),
    [],
  )
  return [folded, more]
}

function ShowAll({ count, onPress }: { readonly count: number; readonly onPress: () => void }) {
  const { t } = useWords()
  return (
    <span className="small quiet">
      <LinkButton onPress={onPress}>{t('preview.more', { count })}</LinkButton>
    </span>
  )
}
