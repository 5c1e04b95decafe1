import { defaultRangeExtractor, useVirtualizer, type VirtualItem } from '@tanstack/react-virtual'
import { useCallback, useLayoutEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import { columnOf, type Part, type ShownSection } from './column.ts'
import { distanceDown, observeHeight, observeOffset, scrollerOf } from './scrolling.ts'
import { useSame } from './use-same.ts'

/** With no more rows in all of them, sections are drawn whole. */
const LONG = 100
/** About how tall a heading is, in CSS pixels; each is measured once it is drawn. */
const HEADING = 52
/** Parts beyond the edges, so that the next one can take the focus. */
const OVERSCAN = 4
/** So many headings are always there, for whoever goes from one to the next. */
const MOST_HEADS = 100

interface Props<Item, Section extends ShownSection<Item>> {
  readonly sections: readonly Section[]
  readonly keyOf: (item: Item) => string
  /** The class of each row. */
  readonly row?: string
  /** About how tall a row is, in CSS pixels; each is measured once it is drawn. */
  readonly height: number
  readonly renderHead: (section: Section) => ReactNode
  /** What stands below a section's rows; null for nothing. */
  readonly renderFoot?: (section: Section) => ReactNode
  readonly children: (item: Item, index: number) => ReactNode
}

/**
 * Sections of any length, with a list in each. Where there are many rows only those in sight are drawn, and what has the
 * focus. All of them are one column: lists that each looked after themselves would have the page laid out once for every
 * section whenever it is scrolled.
 */
export function LongSections<Item, Section extends ShownSection<Item>>(props: Props<Item, Section>) {
  const { sections, keyOf, row, renderHead, renderFoot, children } = props
  const count = sections.reduce((sum, { shown }) => sum + shown.length, 0)
  if (count > LONG) return <Windowed {...props} />
  return sections.map((section) => (
    <section className="section" key={section.id}>
      {renderHead(section)}
      {section.shown.length > 0 && (
        <ul>
          {section.shown.map((item, index) => (
            <li key={keyOf(item)} className={row}>
              {children(item, index)}
            </li>
          ))}
        </ul>
      )}
      {renderFoot?.(section)}
    </section>
  ))
}

function Windowed<Item, Section extends ShownSection<Item>>(props: Props<Item, Section>) {
  const { sections, keyOf, row, height, renderHead, renderFoot, children } = props
  const column = useRef<HTMLDivElement>(null)
  const [margin, setMargin] = useState(0)
  const [focused, setFocused] = useState<number | null>(null)
  const parts = useMemo(() => columnOf(sections, keyOf, renderFoot), [sections, keyOf, renderFoot])
  // What is in the rows changes far more often than which there are.
  const keys = useSame(
    useMemo(() => parts.map(({ key }) => key), [parts]),
    Object.is,
  )
  const heads = useMemo(
    () => parts.flatMap(({ kind }, index) => (kind === 'head' ? [index] : [])).slice(0, MOST_HEADS),
    [parts],
  )
  // oxlint-disable-next-line react/incompatible-library -- nothing here memoizes what it returns
  const inSight = useVirtualizer<HTMLElement, HTMLElement>({
    count: parts.length,
    getScrollElement: () => scrollerOf(column.current),
    estimateSize: (index) => (parts[index]?.kind === 'row' ? height : HEADING),
    getItemKey: useCallback((index: number) => keys[index] ?? index, [keys]),
    overscan: OVERSCAN,
    scrollMargin: margin,
    observeElementRect: observeHeight,
    observeElementOffset: observeOffset,
    scrollToFn: (offset, { adjustments = 0 }, { scrollElement }) =>
      scrollElement?.scrollTo({ top: offset + adjustments }),
    // Whoever reads with the keyboard must not lose their place because the mouse has scrolled on.
    rangeExtractor: (range) => {
      const drawn = new Set([...heads, ...defaultRangeExtractor(range)])
      if (focused !== null && focused < parts.length) drawn.add(focused)
      return [...drawn].toSorted((one, other) => one - other)
    },
  })
  // What stands above may grow and shrink at any time; setting the same number again ends it. Looked at once a frame, as the
  // page has to be laid out for it.
  // oxlint-disable-next-line react-hooks/exhaustive-deps
  useLayoutEffect(() => {
    const frame = requestAnimationFrame(() => {
      const { current } = column
      const scroller = scrollerOf(current)
      if (current && scroller) setMargin(distanceDown(scroller, current))
    })
    return () => cancelAnimationFrame(frame)
  })
  const placed = ({ index, start }: VirtualItem) => ({
    ref: inSight.measureElement,
    'data-index': index,
    style: { translate: `0 ${start - margin}px` },
  })
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- hears where the focus is, no more
    <div
      ref={column}
      className="is-long"
      style={{ blockSize: inSight.getTotalSize() }}
      onFocus={({ target }) => setFocused(indexOf(target))}
      onBlur={() => setFocused(null)}
    >
      <div>
        {drawnSections(parts, inSight.getVirtualItems()).map(({ section, top, rows, bottom }) => (
          <section className="section" key={section.id}>
            {top !== null && <div {...placed(top)}>{renderHead(section)}</div>}
            {rows.length > 0 && (
              <ul>
                {rows.map(({ place, item, index }) => (
                  <li
                    key={place.key}
                    className={row}
                    aria-setsize={section.shown.length}
                    aria-posinset={index + 1}
                    {...placed(place)}
                  >
                    {children(item, index)}
                  </li>
                ))}
              </ul>
            )}
            {bottom !== null && <div {...placed(bottom)}>{renderFoot?.(section)}</div>}
          </section>
        ))}
      </div>
    </div>
  )
}

interface Drawn<Item, Section> {
  readonly section: Section
  top: VirtualItem | null
  readonly rows: { readonly place: VirtualItem; readonly item: Item; readonly index: number }[]
  bottom: VirtualItem | null
}

function drawnSections<Item, Section extends ShownSection<Item>>(
  parts: readonly Part<Item, Section>[],
  places: readonly VirtualItem[],
): readonly Drawn<Item, Section>[] {
  const drawn: Drawn<Item, Section>[] = []
  for (const place of places) {
    const part = parts[place.index]
    if (part === undefined) continue
    let last = drawn.at(-1)
    if (last?.section !== part.section) {
      last = { section: part.section, top: null, rows: [], bottom: null }
      drawn.push(last)
    }
    if (part.kind === 'row') last.rows.push({ place, item: part.item, index: part.index })
    else if (part.kind === 'head') last.top = place
    else last.bottom = place
  }
  return drawn
}

function indexOf(target: Element): number | null {
  const index = target.closest('[data-index]')?.getAttribute('data-index')
  return index === null || index === undefined ? null : Number(index)
}
