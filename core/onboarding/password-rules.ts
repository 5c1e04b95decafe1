/** What a homeserver wants to find in a password. */
export type PasswordNeed = 'lowercase' | 'uppercase' | 'digit' | 'symbol'

/** A homeserver's rules for passwords, as it states them; the strictest reading of what it leaves open. */
export interface PasswordRules {
  /** Characters; 0 where it names none. */
  readonly minimumLength: number
  readonly needs: readonly PasswordNeed[]
}

/** Nothing is known, or asked for. */
export const noPasswordRules: PasswordRules = { minimumLength: 0, needs: [] }

// As Synapse counts: everything but letters and digits of the Latin alphabet is a symbol.
const PATTERNS: Readonly<Record<PasswordNeed, RegExp>> = {
  lowercase: /[a-z]/,
  uppercase: /[A-Z]/,
  digit: /[0-9]/,
  symbol: /[^a-zA-Z0-9]/,
}

/** The rules that a password doesn't meet yet; those of `rules` that it meets are left out. */
export function unmetRules(rules: PasswordRules, password: string): PasswordRules {
  return {
    minimumLength: Array.from(password).length < rules.minimumLength ? rules.minimumLength : 0,
    needs: rules.needs.filter((need) => !PATTERNS[need].test(password)),
  }
}

/** True where nothing is asked for. */
export function hasNoRules({ minimumLength, needs }: PasswordRules): boolean {
  return minimumLength === 0 && needs.length === 0
}
