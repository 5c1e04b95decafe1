import { mailDomainOf, parseHomeserverInput } from '../../core/addresses/homeserver-input.ts'

const REFUSED = /[^a-z0-9._\-/=+]/u

/** The first character that a username can't have, or null where it is fine so far. */
export function wrongCharacter(username: string): string | null {
  return REFUSED.exec(username)?.[0] ?? null
}

/** What a person typed as their name, in the small letters servers ask for; of a Matrix ID on `server` its name. */
export function tidied(text: string, server: string): string {
  const typed = text.toLowerCase().replace(/^\s*@/, '')
  const id = parseHomeserverInput(typed)
  const isHere = id.ok && id.value.serverName === server && id.value.username !== null
  return isHere ? (id.value.username ?? '') : typed
}

/** What was typed where a username belongs and names an account already; `id` is null while it isn't whole. */
export type AccountTyped =
  { readonly kind: 'matrixId'; readonly id: string | null } | { readonly kind: 'email'; readonly id: string }

/** A Matrix ID or an e-mail address in place of a username, or null. */
export function accountTyped(text: string): AccountTyped | null {
  if (mailDomainOf(text) !== null) return { kind: 'email', id: text.trim() }
  if (!text.includes(':')) return null
  const typed = parseHomeserverInput(text)
  if (!typed.ok || typed.value.username === null) return { kind: 'matrixId', id: null }
  return { kind: 'matrixId', id: `@${typed.value.username}:${typed.value.serverName}` }
}
