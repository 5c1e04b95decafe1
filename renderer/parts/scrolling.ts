import type { Virtualizer } from '@tanstack/react-virtual'

type Rows = Virtualizer<HTMLElement, HTMLElement>

/**
 * What scrolls the floor that something stands on; null where there is none. In short windows that is the page, and a
 * window may become short at any time.
 */
export function scrollerOf(element: Element | null): HTMLElement | null {
  const floor = element?.closest<HTMLElement>('.scroll') ?? null
  if (floor === null || getComputedStyle(floor).overflowY !== 'visible') return floor
  return document.documentElement
}

/** How far down something begins in what scrolls it, in CSS pixels. */
export function distanceDown(scroller: Element, element: Element): number {
  const top = scroller === document.documentElement ? 0 : scroller.getBoundingClientRect().top
  return Math.round(element.getBoundingClientRect().top - top + scroller.scrollTop)
}

/** Tells how large the part is that can be seen, now and whenever the window's size changes. */
export function observeHeight(
  { scrollElement: scroller }: Rows,
  tell: (rect: { width: number; height: number }) => void,
): (() => void) | undefined {
  if (scroller === null) return undefined
  const measure = (): void => {
    const { clientWidth: width, clientHeight } = scroller
    // Where nothing is laid out, as in tests, as much as the window holds.
    tell({ width, height: clientHeight > 0 ? clientHeight : window.innerHeight })
  }
  measure()
  window.addEventListener('resize', measure)
  return () => window.removeEventListener('resize', measure)
}

/**
 * Tells how far it is scrolled, now and whenever it is scrolled further. Rows that come into sight on the way are measured
 * once the browser has laid them out: asking at once would make it do that twice.
 */
export function observeOffset(
  { scrollElement: scroller }: Rows,
  tell: (offset: number, isScrolling: boolean) => void,
): (() => void) | undefined {
  if (scroller === null) return undefined
  const onScroll = (): void => tell(scroller.scrollTop, true)
  tell(scroller.scrollTop, false)
  // The page's own scroll events come to the document, those of a floor can be caught on their way down to it.
  document.addEventListener('scroll', onScroll, { capture: true, passive: true })
  return () => document.removeEventListener('scroll', onScroll, { capture: true })
}
