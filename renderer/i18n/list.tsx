import { Fragment, type ReactNode } from 'react'

/** A list of elements with the commas and the "and" of the reader's language between them. */
export function piecesOfList(items: readonly ReactNode[], language: string): ReactNode {
  const places = items.map((_, index) => String(index))
  return new Intl.ListFormat(language, { type: 'conjunction' })
    .formatToParts(places)
    .map((part, index) => (
      <Fragment key={`${part.type}${index}`}>
        {part.type === 'element' ? items[Number(part.value)] : part.value}
      </Fragment>
    ))
}
