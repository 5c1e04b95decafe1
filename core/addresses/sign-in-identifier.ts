/** How somebody names their account when they sign in (spec v1.19, identifier types). */
export type SignInIdentifier =
  /** A username, or a whole Matrix ID. */
  | { readonly kind: 'user'; readonly user: string }
  | { readonly kind: 'email'; readonly address: string }
  /** In its international form, digits only. */
  | { readonly kind: 'phone'; readonly digits: string }

/**
 * Understands Matrix IDs, usernames, e-mail addresses, and phone numbers that begin with + or 00: any other number may
 * as well be a username.
 */
export function signInIdentifier(text: string): SignInIdentifier {
  const typed = text.normalize('NFKC').trim()
  if (/^[^\s@:]+@[^\s@:]+\.[^\s@:]+$/.test(typed)) return { kind: 'email', address: typed.toLowerCase() }
  const digits = typed.replace(/^(?:\+|00)/, '').replace(/[\s()./-]/g, '')
  if (/^(?:\+|00)/.test(typed) && /^[1-9]\d{5,14}$/.test(digits)) return { kind: 'phone', digits }
  const id = /^@?([^\s:@/]+)(:[^\s/]+)?$/.exec(typed)
  const [, name = typed, server = ''] = id ?? []
  return { kind: 'user', user: server === '' ? name : `@${name}${server}`.toLowerCase() }
}
