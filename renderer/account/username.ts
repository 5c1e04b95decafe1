const REFUSED = /[^a-z0-9._\-/=+]/u

/** The first character that a username can't have, or null where it is fine so far. */
export function wrongCharacter(username: string): string | null {
  return REFUSED.exec(username)?.[0] ?? null
}

/** What a person typed as their name, without the parts of a whole Matrix ID and in the small letters servers ask for. */
export function tidied(text: string): string {
  return text.toLowerCase().replace(/^@/, '').replace(/:.*$/, '')
}
