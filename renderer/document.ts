/** Says to the browser which language is spoken, and in which direction it is read. */
export function setDocumentLanguage(language: string): void {
  document.documentElement.lang = language
  const locale = new Intl.Locale(language) as Intl.Locale & { getTextInfo?: () => { direction?: string } }
  document.documentElement.dir = locale.getTextInfo?.().direction ?? 'ltr'
}

/** Mirrors the system's wish for more contrast, so that the tokens can answer it. */
export function followContrast(): void {
  const wish = window.matchMedia('(prefers-contrast: more)')
  const mirror = (): void => {
    if (wish.matches) document.documentElement.dataset['contrast'] = 'more'
    else delete document.documentElement.dataset['contrast']
  }
  mirror()
  wish.addEventListener('change', mirror)
}
