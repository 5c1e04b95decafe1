import { readFileSync, statSync } from 'node:fs'
import { app } from 'electron'
import { MAX_LINK_FILE } from '../../core/links/link-file.ts'
import type { OnboardingEvent } from '../../core/onboarding/flow-events.ts'
import { outsideLink, type OutsideLink } from './arguments.ts'

type OpenEvent = Extract<OnboardingEvent, { type: 'openLink' | 'openFile' }>

/**
 * Links and files that are opened in Foyer from outside: at its start, while it runs, and on macOS by events of their
 * own, which may come before anything else is ready. The latest is kept until somebody listens.
 */
export class OutsideLinks {
  #latest: OpenEvent | null = null
  #onLink: ((event: OpenEvent) => void) | null = null

  constructor(argv: readonly string[]) {
    this.#take(outsideLink(argv))
    app.on('second-instance', (_, theirs) => this.#take(outsideLink(theirs)))
    app.on('open-url', (event, text) => {
      event.preventDefault()
      this.#take({ kind: 'link', text })
    })
    app.on('open-file', (event, text) => {
      event.preventDefault()
      this.#take({ kind: 'file', text })
    })
  }

  /** Tells about each from now on, and about the one that waits. */
  listen(onLink: (event: OpenEvent) => void): void {
    this.#onLink = onLink
    const waiting = this.#latest
    this.#latest = null
    if (waiting !== null) onLink(waiting)
  }

  #take(link: OutsideLink | null): void {
    if (link === null) return
    const event = eventOf(link)
    if (this.#onLink === null) this.#latest = event
    else this.#onLink(event)
  }
}

function eventOf({ kind, text }: OutsideLink): OpenEvent {
  if (kind === 'link') return { type: 'openLink', text }
  try {
    // One that is too large is no community's, and isn't read to find that out.
    const isSmall = statSync(text).size <= MAX_LINK_FILE
    return { type: 'openFile', text: isSmall ? readFileSync(text, 'utf8') : '' }
  } catch {
    // What can't be read says nothing, and the screen says so.
    return { type: 'openFile', text: '' }
  }
}
