import { defaultRangeExtractor, useVirtualizer, type Virtualizer } from '@tanstack/react-virtual'
import { useLayoutEffect, useRef, useState, type ReactNode } from 'react'

/** Shorter lists are drawn whole. */
const LONG = 100
/** Rows beyond the edges, so that the next one can take the focus. */
const OVERSCAN = 8

interface Props<Item> {
  readonly items: readonly Item[]
  readonly keyOf: (item: Item) => string
  /** The class of each row. */
  readonly row?: string
  /** About how tall a row is, in CSS pixels; each is measured once it is drawn. */
  readonly height: number
  readonly children: (item: Item, index: number) => ReactNode
}

/** A list of any length: of a long one only what is in sight is drawn, and the row that has the focus. */
export function LongList<Item>(props: Props<Item>) {
  const { items, keyOf, row, children } = props
  if (items.length > LONG) return <Windowed {...props} />
  return (
    <ul>
      {items.map((item, index) => (
        <li key={keyOf(item)} className={row}>
          {children(item, index)}
        </li>
      ))}
    </ul>
  )
}

function Windowed<Item>({ items, keyOf, row, height, children }: Props<Item>) {
  const list = useRef<HTMLUListElement>(null)
  const [margin, setMargin] = useState(0)
  const [focused, setFocused] = useState<number | null>(null)
  // oxlint-disable-next-line react/incompatible-library -- nothing here memoizes what it returns
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => list.current?.closest<HTMLElement>('.scroll') ?? null,
    estimateSize: () => height,
    getItemKey: (index) => {
      const item = items[index]
      return item === undefined ? index : keyOf(item)
    },
    overscan: OVERSCAN,
    scrollMargin: margin,
    observeElementRect: observeHeight,
    observeElementOffset: observeOffset,
    scrollToFn: (offset, { adjustments = 0 }, { scrollElement }) =>
      scrollerOf(scrollElement)?.scrollTo({ top: offset + adjustments }),
    // Whoever reads with the keyboard must not lose their place because the mouse has scrolled on.
    rangeExtractor: (range) => {
      const inSight = defaultRangeExtractor(range)
      if (focused === null || focused >= items.length || inSight.includes(focused)) return inSight
      return [...inSight, focused].toSorted((one, other) => one - other)
    },
  })
  // What stands above the list may grow and shrink at any time; setting the same number again ends it.
  // oxlint-disable-next-line react-hooks/exhaustive-deps
  useLayoutEffect(() => {
    const { current } = list
    const scroll = current?.closest<HTMLElement>('.scroll')
    if (!current || !scroll) return
    const top = Math.round(current.getBoundingClientRect().top - topOf(scroll) + offsetOf(scroll))
    if (top !== margin) setMargin(top)
  })
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- hears where the focus is, no more
    <ul
      ref={list}
      className="is-long"
      style={{ blockSize: rows.getTotalSize() }}
      onFocus={({ target }) => setFocused(indexOf(target))}
      onBlur={() => setFocused(null)}
    >
      {rows.getVirtualItems().map(({ key, index, start }) => {
        const item = items[index]
        return item === undefined ? null : (
          <li
            key={key}
            ref={rows.measureElement}
            data-index={index}
            className={row}
            aria-setsize={items.length}
            aria-posinset={index + 1}
            style={{ translate: `0 ${start - margin}px` }}
          >
            {children(item, index)}
          </li>
        )
      })}
    </ul>
  )
}

function indexOf(target: Element): number | null {
  const index = target.closest('li')?.getAttribute('data-index')
  return index === null || index === undefined ? null : Number(index)
}

// In short windows the page scrolls instead of the floor, and a window may become short at any time.
function scrollerOf(scroll: Element | null): Element | null {
  if (scroll === null) return null
  return getComputedStyle(scroll).overflowY === 'visible' ? document.scrollingElement : scroll
}

function offsetOf(scroll: Element): number {
  return scrollerOf(scroll)?.scrollTop ?? 0
}

function topOf(scroll: Element): number {
  return scrollerOf(scroll) === scroll ? scroll.getBoundingClientRect().top : 0
}

type Rows = Virtualizer<HTMLElement, HTMLLIElement>

function observeHeight(
  { scrollElement }: Rows,
  tell: (rect: { width: number; height: number }) => void,
): (() => void) | undefined {
  if (scrollElement === null) return undefined
  const measure = (): void => {
    const isOwn = scrollerOf(scrollElement) === scrollElement && scrollElement.clientHeight > 0
    const height = isOwn ? scrollElement.clientHeight : window.innerHeight
    tell({ width: scrollElement.clientWidth, height })
  }
  measure()
  window.addEventListener('resize', measure)
  return () => window.removeEventListener('resize', measure)
}

function observeOffset(
  { scrollElement }: Rows,
  tell: (offset: number, isScrolling: boolean) => void,
): (() => void) | undefined {
  if (scrollElement === null) return undefined
  const follow = (): void => tell(offsetOf(scrollElement), false)
  follow()
  // Scroll events don't bubble, but they can be caught on their way down.
  document.addEventListener('scroll', follow, { capture: true, passive: true })
  return () => document.removeEventListener('scroll', follow, { capture: true })
}
