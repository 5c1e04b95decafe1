import { useEffect } from 'react'

/** What belongs together: when a part of it goes, focus stays within. */
const PLACES = '.field, li, ul, ol, form, section, fieldset, [role=radiogroup], [role=group]'
const FIELDS = 'input:is([type=text], [type=password], [type=search]):not([disabled]), input:checked'

/**
 * Keeps focus on the screen when what had it goes away, such as a button that has done its work: it moves to the field
 * that this belonged to, or to what stood around it, or to the heading. Browsers would let it fall to the page, where
 * screen readers begin anew.
 */
export function useKeptFocus(): void {
  useEffect(() => {
    let around: readonly Element[] = []
    let last: Element | null = null
    let frame = 0
    const remember = ({ target }: FocusEvent): void => {
      if (!(target instanceof Element)) return
      last = target
      around = ancestorsOf(target)
    }
    const look = (): void => {
      if (last === null || last.isConnected || document.activeElement !== document.body) return
      last = null
      heirOf(around)?.focus({ preventScroll: true })
    }
    // A frame later, as a new screen and a field that opens take focus themselves.
    const observer = new MutationObserver(() => {
      cancelAnimationFrame(frame)
      if (last?.isConnected === false) frame = requestAnimationFrame(look)
    })
    document.addEventListener('focusin', remember)
    observer.observe(document.body, { childList: true, subtree: true })
    return () => {
      document.removeEventListener('focusin', remember)
      observer.disconnect()
      cancelAnimationFrame(frame)
    }
  }, [])
}

function ancestorsOf(element: Element): Element[] {
  const { parentElement } = element
  return parentElement === null ? [] : [parentElement, ...ancestorsOf(parentElement)]
}

function heirOf(around: readonly Element[]): HTMLElement | null {
  const place = around.find((each) => each.isConnected && each.matches(PLACES))
  if (!(place instanceof HTMLElement)) return document.querySelector('h1')
  const field = place.querySelector<HTMLElement>(FIELDS)
  if (field !== null) return field
  // Not one that Tab stops at, but one that may hold focus.
  if (!place.hasAttribute('tabindex')) place.tabIndex = -1
  return place
}
