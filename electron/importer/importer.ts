import type { MessageEvent } from 'electron'
import type { PageToRead } from '../onboarding/ports.ts'
import { readHandedPage } from './read-handed-page.ts'

/* The process that reads one page and ends. A page that breaks it breaks nothing else. */

process.parentPort.once('message', ({ data }: MessageEvent) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a process, not a window
  process.parentPort.postMessage(readHandedPage(data as PageToRead))
})
