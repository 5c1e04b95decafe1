import { createInstance } from 'i18next'
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

/** The shell's own words: tray, notifications, the question at quitting. `{name}` is filled in, `count` picks the plural. */
export function shellWord(
  key: keyof typeof en | 'arrived.text',
  values: Record<string, string | number> = {},
): string {
  return shellWords.t(key, { ...values, keySeparator: false })
}
