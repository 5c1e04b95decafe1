/** How somebody names their account when they sign in (spec v1.19, identifier types). */
export type SignInIdentifier =
  /** A username, or a whole Matrix ID. */
  | { readonly kind: 'user'; readonly user: string }
  | { readonly kind: 'email'; readonly address: string }
  /** In its international form, digits only. */
  | { readonly kind: 'phone'; readonly digits: string }
  /** As people write it at home, with the country that it is from (ISO 3166). */
  | { readonly kind: 'phoneAtHome'; readonly country: string; readonly number: string }

/**
 * Understands Matrix IDs, usernames, e-mail addresses, and phone numbers: those that begin with + or 00, and others that
 * are written in groups, as no username can be. A number in one piece may as well be a username. `country` is the one
 * that numbers without it are taken to be from; null where that isn't known.
 */
export function signInIdentifier(text: string, country: string | null = null): SignInIdentifier {
  const typed = text.normalize('NFKC').trim()
  if (/^[^\s@:]+@[^\s@:]+\.[^\s@:]+$/.test(typed)) return { kind: 'email', address: typed.toLowerCase() }
  const digits = typed.replace(/^(?:\+|00)/, '').replace(/[\s()./-]/g, '')
  if (/^(?:\+|00)/.test(typed) && /^[1-9]\d{5,14}$/.test(digits)) return { kind: 'phone', digits }
  const isGrouped = /^\(?\d[\d\s()./-]*$/.test(typed) && digits !== typed
  if (country !== null && isGrouped && /^\d{6,15}$/.test(digits))
    return { kind: 'phoneAtHome', country, number: typed }
  const id = /^@?([^\s:@/]+)(:[^\s/]+)?$/.exec(typed)
  const [, name = typed, server = ''] = id ?? []
  return { kind: 'user', user: server === '' ? name : `@${name}${server}`.toLowerCase() }
}
