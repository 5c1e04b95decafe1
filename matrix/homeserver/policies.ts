import { z } from 'zod'
import type { Policy } from '../../core/onboarding/state.ts'

const policiesSchema = z.object({
  policies: z.record(z.string(), z.record(z.string(), z.unknown())),
})
const documentSchema = z.object({ name: z.string().max(200), url: z.string().regex(/^https:\/\//) })

/**
 * The policies of the terms stage. Each comes in several languages (spec v1.19, terms of service at registration): the
 * wanted one is taken, else its main language, English, or the first there is. What has no safe address is left out.
 */
export function policiesOf(params: unknown, language = 'en'): Policy[] {
  const parsed = policiesSchema.safeParse(params)
  if (!parsed.success) return []
  return Object.entries(parsed.data.policies).flatMap(([id, { version, ...languages }]) => {
    const wanted = [language, language.replace(/-.*$/, ''), 'en', ...Object.keys(languages)]
    for (const tag of wanted) {
      const document = documentSchema.safeParse(languages[tag])
      if (document.success) {
        return [
          { id, version: typeof version === 'string' ? version : null, language: tag, ...document.data },
        ]
      }
    }
    return []
  })
}
