import { createInstance } from 'i18next'
import type { Changes } from '../../core/joined/joined-community.ts'
import en from './en.json' with { type: 'json' }

const shellWords = createInstance()
void shellWords.init({
  lng: 'en',
  fallbackLng: 'en',
  resources: { en: { translation: en } },
  initAsync: false,
  // Shown by the system as plain text, which needs no escaping.
  interpolation: { prefix: '{', suffix: '}', escapeValue: false },
})

type Stem<Name> = Name extends `${infer Base}_one` | `${infer Base}_other` ? Base : Name

/** What is new, in one line: “4 new rooms, 2 moved, 1 closed”. */
export function newsLine({ added, moved, closed }: Changes): string {
  const parts = [
    ...(added.length === 0 ? [] : [shellWord('news.added', { count: added.length })]),
    ...(moved.length === 0 ? [] : [shellWord('news.moved', { count: moved.length })]),
    ...(closed.length === 0 ? [] : [shellWord('news.closed', { count: closed.length })]),
  ]
  return new Intl.ListFormat('en', { type: 'unit', style: 'short' }).format(parts)
}

/** The shell's own words: tray, notifications, the question at quitting. `{name}` is filled in, `count` picks the plural. */
export function shellWord(key: Stem<keyof typeof en>, values: Record<string, string | number> = {}): string {
  return shellWords.t(key, { ...values, keySeparator: false })
}
