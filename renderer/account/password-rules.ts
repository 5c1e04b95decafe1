import { hasNoRules, type PasswordNeed, type PasswordRules } from '../../core/onboarding/password-rules.ts'
import type { Key, Words } from '../i18n/words.tsx'

/** What a homeserver wants in a password, as a list in the reader's language; null where it wants nothing. */
export function ruleWords(
  rules: PasswordRules,
  { t, language }: Pick<Words, 't' | 'language'>,
): string | null {
  if (hasNoRules(rules)) return null
  const { minimumLength, needs } = rules
  const parts = [
    ...(minimumLength > 0 ? [t('account.rule.length', { count: minimumLength })] : []),
    ...needs.map((need) => t(words[need])),
  ]
  return new Intl.ListFormat(language, { type: 'conjunction' }).format(parts)
}

const words = {
  lowercase: 'account.rule.lowercase',
  uppercase: 'account.rule.uppercase',
  digit: 'account.rule.digit',
  symbol: 'account.rule.symbol',
} as const satisfies Record<PasswordNeed, Key>
