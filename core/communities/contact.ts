import { plainLine } from '../text/plain-text.ts'

/** Where a contact leads: a mail, a page, or a person or room by way of matrix.to. Null for anything else. */
export function contactLink(contact: string | null): string | null {
  const text = contact?.trim() ?? ''
  if (/^(https|mailto):/i.test(text)) return text
  if (/^[@#!]\S+$/.test(text)) return `https://matrix.to/#/${encodeURIComponent(text)}`
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text) ? `mailto:${text}` : null
}

/** Whether one writes to somebody, asks in a room, or asks on a page. */
export function contactKind(contact: string): 'person' | 'room' | 'page' {
  if (/^https:/i.test(contact)) return 'page'
  return /^[#!]/.test(contact) ? 'room' : 'person'
}

/** A contact as people read it: an address, without what only programs need. */
export function contactText(contact: string): string {
  return plainLine(contact)
    .replace(/^(mailto:|https:\/\/)/i, '')
    .replace(/\/$/, '')
}
