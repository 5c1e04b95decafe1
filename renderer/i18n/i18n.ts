import { createInstance, type i18n } from 'i18next'
import { initReactI18next } from 'react-i18next'
import en from './en.json'

/** Languages that Foyer speaks. To add one: translate en.json, add it here; the plural forms follow CLDR. */
export const languages = { en } as const

/** The i18next instance for the screens. Ready at once, as the words are bundled. */
export function createI18n(language: string): i18n {
  const instance = createInstance()
  void instance.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    resources: Object.fromEntries(
      Object.entries(languages).map(([name, translation]) => [name, { translation }]),
    ),
    keySeparator: false,
    nsSeparator: false,
    initAsync: false,
    interpolation: { escapeValue: false },
  })
  return instance
}
