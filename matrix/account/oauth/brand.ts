import { z } from 'zod'

const httpsPage = z.url({ protocol: /^https$/ })

/** What the app tells servers about itself; they show it to people who are asked for consent. */
export const brandSchema = z.object({
  name: z.string().min(1),
  homepage: httpsPage,
  logo: httpsPage.nullable(),
  terms: httpsPage.nullable(),
  privacy: httpsPage.nullable(),
})
export type Brand = z.infer<typeof brandSchema>

/**
 * Why servers would refuse this brand, or null. The names are those that never belong to anybody (RFC 2606, RFC 6761);
 * that the other pages are on the homepage's host is the Matrix Authentication Service's rule.
 */
export function whyNotThisBrand({ homepage, logo, terms, privacy }: Brand): string | null {
  const { hostname } = new URL(homepage)
  if (/(^|\.)(example(\.(com|net|org))?|test|invalid|localhost)$/.test(hostname)) {
    return `${hostname} is a placeholder: assets/brand.json needs Foyer's real homepage.`
  }
  const others = [logo, terms, privacy].filter((page) => page !== null)
  const stranger = others.find((page) => !`.${new URL(page).hostname}`.endsWith(`.${hostname}`))
  return stranger === undefined ? null : `${stranger} must be on ${hostname}, as the homepage is.`
}
