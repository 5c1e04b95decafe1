import { cleanup, configure } from '@testing-library/react'
import { afterEach } from 'vitest'

afterEach(cleanup)

configure({
  // The message says what was looked for; the whole document after it only hides that.
  getElementError: (message) => new Error(message ?? 'not found'),
  // In milliseconds: a slow computer is no failure.
  asyncUtilTimeout: 20_000,
})

// axe tries to measure text; jsdom has no canvas and would say so each time.
HTMLCanvasElement.prototype.getContext = () => null

// jsdom knows the element but not how to open it; what matters to tests is that it is open and can be cancelled.
HTMLDialogElement.prototype.showModal = function (): void {
  this.setAttribute('open', '')
  const first = this.querySelector<HTMLElement>('button')
  first?.focus()
}
HTMLDialogElement.prototype.close = function (): void {
  this.removeAttribute('open')
}

// jsdom lays nothing out, so there is nothing to scroll.
Element.prototype.scrollIntoView = () => undefined
