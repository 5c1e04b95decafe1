import type { SecondsRange } from '../../core/joining/estimate.ts'
import type { Words } from './words.tsx'

type Text = Words['t']

/** How long something takes, in words: exact where low and high agree, otherwise from–to. */
export function timeWords(range: SecondsRange, t: Text): string {
  const low = Math.round(range.low / 60)
  const high = Math.round(range.high / 60)
  if (range.high < 60) return t('app.seconds')
  if (high >= 120) return t('app.hours', { count: Math.round(high / 60) })
  // A difference that nobody would plan by is not worth a second number.
  if (high - low <= Math.max(1, high * 0.2)) return t('app.minutes', { count: Math.max(1, high) })
  return low < 1 ? t('app.minutesUpTo', { count: high }) : t('app.minutesRange', { low, high })
}

/** The short form for presets, or null where it takes less than a minute and so isn't worth saying. */
export function shortTime(range: SecondsRange, t: Text): string | null {
  const [low, minutes] = [Math.round(range.low / 60), Math.round(range.high / 60)]
  if (range.high < 60) return null
  if (minutes - low > Math.max(1, minutes * 0.2)) return timeWords(range, t)
  return minutes >= 120
    ? t('app.hoursShort', { count: Math.round(minutes / 60) })
    : t('app.minutesShort', { count: minutes })
}

/** `m:ss` for a countdown, with the digits of the reader's language. */
export function countdown(milliseconds: number, language: string): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000))
  const whole = new Intl.NumberFormat(language, { useGrouping: false })
  const padded = new Intl.NumberFormat(language, { minimumIntegerDigits: 2, useGrouping: false })
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)]
  const tail = padded.format(seconds % 60)
  return hours > 0
    ? `${whole.format(hours)}:${padded.format(minutes)}:${tail}`
    : `${whole.format(minutes)}:${tail}`
}

/** A time of day. */
export function clock(milliseconds: number, language: string): string {
  return new Intl.DateTimeFormat(language, { timeStyle: 'short' }).format(milliseconds)
}

/** Up to three languages as one text in the reader's, or null where none of the tags means anything. */
export function languageNames(tags: readonly string[], language: string): string | null {
  const names = tags.flatMap((tag) => languageName(tag, language) ?? []).slice(0, 3)
  return names.length === 0 ? null : new Intl.ListFormat(language, { type: 'conjunction' }).format(names)
}

/** A day, without its year as long as that is this one. */
export function day(milliseconds: number, language: string): string {
  const isThisYear = new Date(milliseconds).getFullYear() === new Date().getFullYear()
  const year = isThisYear ? undefined : 'numeric'
  return new Intl.DateTimeFormat(language, { day: 'numeric', month: 'long', year }).format(milliseconds)
}

/** A language's name in the reader's language, or null where the tag means nothing. */
export function languageName(tag: string, language: string): string | null {
  try {
    const name = new Intl.DisplayNames(language, { type: 'language', fallback: 'none' }).of(tag)
    return name ?? null
  } catch {
    return null
  }
}
