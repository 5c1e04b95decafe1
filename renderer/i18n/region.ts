/** A country's name in the reader's language, by its ISO 3166 code; the code itself where it means nothing. */
export function regionName(code: string, language: string): string {
  try {
    return new Intl.DisplayNames(language, { type: 'region' }).of(code) ?? code
  } catch {
    return code
  }
}
