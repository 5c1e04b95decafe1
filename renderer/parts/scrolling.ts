import type { Virtualizer } from '@tanstack/react-virtual'

/* Where a floor is scrolled to. In short windows the page scrolls instead of it, and a window may become short at any time. */

type Rows = Virtualizer<HTMLElement, HTMLElement>

/** What scrolls a floor: itself, or the page; null without one. */
export function scrollerOf(floor: Element | null): Element | null {
  if (floor === null) return null
  return getComputedStyle(floor).overflowY === 'visible' ? document.scrollingElement : floor
}

/** How far down something in a floor begins, in CSS pixels from where that begins. */
export function distanceDown(floor: Element, element: Element): number {
  const scroller = scrollerOf(floor)
  const top = scroller === floor ? floor.getBoundingClientRect().top : 0
  return Math.round(element.getBoundingClientRect().top - top + (scroller?.scrollTop ?? 0))
}

/** Tells how large the part of a floor is that can be seen, now and whenever the window's size changes. */
export function observeHeight(
  { scrollElement: floor }: Rows,
  tell: (rect: { width: number; height: number }) => void,
): (() => void) | undefined {
  if (floor === null) return undefined
  const measure = (): void => {
    const isOwn = scrollerOf(floor) === floor && floor.clientHeight > 0
    tell({ width: floor.clientWidth, height: isOwn ? floor.clientHeight : window.innerHeight })
  }
  measure()
  window.addEventListener('resize', measure)
  return () => window.removeEventListener('resize', measure)
}

/**
 * Tells how far a floor is scrolled, now and whenever it is scrolled further. Rows that come into sight on the way are
 * measured once the browser has laid them out: asking at once would make it do that twice.
 */
export function observeOffset(
  { scrollElement: floor }: Rows,
  tell: (offset: number, isScrolling: boolean) => void,
): (() => void) | undefined {
  if (floor === null) return undefined
  const follow = (isScrolling: boolean): void => tell(scrollerOf(floor)?.scrollTop ?? 0, isScrolling)
  const onScroll = (): void => follow(true)
  follow(false)
  // Scroll events don't bubble, but they can be caught on their way down.
  document.addEventListener('scroll', onScroll, { capture: true, passive: true })
  return () => document.removeEventListener('scroll', onScroll, { capture: true })
}
