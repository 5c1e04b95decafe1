import { useState, type ReactNode } from 'react'
import { useWords } from '../i18n/words.tsx'
import { LinkButton } from './Button.tsx'

/** Sections with more rooms than this fold, so that the others can be found. */
export const FOLD_BEYOND = 12

/** How many of a section's items are shown, and the button that shows all of them where some are folded. */
export function useFolded<Item>(
  items: readonly Item[],
  shown = FOLD_BEYOND,
  beyond = FOLD_BEYOND,
): readonly [shown: readonly Item[], more: ReactNode] {
  const { t } = useWords()
  const [isOpen, setOpen] = useState(false)
  if (items.length <= beyond || isOpen) return [items, null]
  const more = (
    <span className="small quiet">
      <LinkButton onPress={() => setOpen(true)}>{t('preview.more', { count: items.length })}</LinkButton>
    </span>
  )
  return [items.slice(0, shown), more]
}
