import type { Description } from '../../core/communities/description.ts'
import { bestLanguage } from '../../core/text/best-language.ts'
import { useEnvironment } from '../bridge.tsx'
import { useWords } from '../i18n/words.tsx'

/** The community's text for newcomers in the reader's language, else in Foyer's, else in the community's own. */
export function useWelcomeText({
  welcome,
  languages,
}: Pick<Description, 'welcome' | 'languages'>): Description['welcome'][number] | null {
  const reader = useEnvironment().language
  const { language: foyers } = useWords()
  const tags = welcome.map((text) => text.language)
  const best = bestLanguage(tags, [reader, foyers, ...languages])
  return welcome.find((text) => text.language === best) ?? welcome[0] ?? null
}
