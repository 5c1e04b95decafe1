import { plainLine } from '../text/plain-text.ts'
import { checkOf, type CheckId, type Severity } from './catalogue.ts'

/** Where in a manifest something is: names of fields and places in lists, from the outside in. */
export type Path = readonly (string | number)[]

/** Something that a check found. */
export interface Finding {
  readonly id: CheckId
  readonly severity: Severity
  /** Sentences for maintainers, in English, on one line. May hold words of the manifest and of servers. */
  readonly message: string
  /** Empty where the whole file is meant. */
  readonly path: Path
  /** The room it is about, as the manifest names it. */
  readonly address: string | null
  /** The homeserver from which it was seen. */
  readonly server: string | null
}

/** A finding with the severity that its check has. */
export function finding(
  id: CheckId,
  message: string,
  place: { readonly path?: Path; readonly address?: string | null; readonly server?: string | null } = {},
): Finding {
  const { path = [], address = null, server = null } = place
  return { id, severity: checkOf(id).severity, message: plainLine(message), path, address, server }
}

/** How many findings there are of each severity. */
export function countsOf(findings: readonly Pick<Finding, 'severity'>[]): Record<Severity, number> {
  const of = (severity: Severity): number => findings.filter((each) => each.severity === severity).length
  return { error: of('error'), warning: of('warning'), note: of('note') }
}

/** What others wrote, in quotation marks and not too long for a sentence. */
export function quoted(text: string): string {
  const cut = text.length > 80 ? `${text.slice(0, 79).replace(/[\uD800-\uDBFF]$/, '')}…` : text
  return `“${cut}”`
}

/** “a”, “a and b”, “a, b and c”, or the first few “and 7 more”. */
export function listed(texts: readonly string[], most = 5): string {
  const shown = texts.length > most + 1 ? texts.slice(0, most) : texts
  const rest = texts.length - shown.length
  const all = rest === 0 ? shown : [...shown, `${rest} more`]
  return all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`
}
