import { pathToFileURL } from 'node:url'
import type { Log, ReportingDescriptor, Result } from 'sarif'
import { checkIds, checkOf, type CheckId, type Severity } from '../../core/checking/catalogue.ts'
import type { PlacedFinding } from '../../core/checking/check-manifest.ts'
import { isPageAddress } from '../fetch-page.ts'
import type { Checked } from './report.ts'

/** The schema that the log names for itself (OASIS, SARIF 2.1.0 with errata 01). */
export const SARIF_SCHEMA =
  'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json'

const levels = { error: 'error', warning: 'warning', note: 'note' } as const satisfies Record<
  Severity,
  Result.level
>

/** A SARIF 2.1.0 log, as code scanning takes it. */
export function sarifOf(all: readonly Checked[], version: string, workingDir: string): string {
  const used = checkIds.filter((id) => all.some((each) => each.findings.some((one) => one.id === id)))
  const root = 'ROOT'
  const log: Log = {
    $schema: SARIF_SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Foyer', semanticVersion: version, rules: used.map(ruleOf) } },
        originalUriBaseIds: { [root]: { uri: `${pathToFileURL(workingDir).href}/` } },
        columnKind: 'utf16CodeUnits',
        results: all.flatMap((target) =>
          target.findings.map((each) => resultOf(each, target, used.indexOf(each.id), root)),
        ),
      },
    ],
  }
  return `${JSON.stringify(log, undefined, 2)}\n`
}

function ruleOf(id: CheckId): ReportingDescriptor {
  const { title, about, remedy, severity } = checkOf(id)
  const plain = (text: string): string => text.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
  return {
    id,
    shortDescription: { text: title },
    fullDescription: { text: about },
    help: { text: plain(remedy), markdown: remedy.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '_$1_') },
    defaultConfiguration: { level: levels[severity] },
  }
}

function resultOf(
  { id, severity, message, line, address, server }: PlacedFinding,
  { name, kind }: Checked,
  ruleIndex: number,
  uriBaseId: string,
): Result {
  const isUrl = kind !== 'link' && isPageAddress(name)
  const isFile = kind !== 'link' && !isUrl && !name.startsWith('..') && !name.startsWith('/')
  const uri = name.split('/').map(encodeURIComponent).join('/')
  return {
    ruleId: id,
    ruleIndex,
    level: levels[severity],
    // Messages are plain text, but a viewer takes brackets for links and braces for placeholders (3.11.5, 3.11.6).
    message: {
      text: message.replaceAll(/[[\]{}\\]/g, (sign) =>
        sign === '{' || sign === '}' ? sign + sign : `\\${sign}`,
      ),
    },
    locations: [
      {
        physicalLocation: {
          artifactLocation: isUrl
            ? { uri: new URL(name).href }
            : isFile
              ? { uri, uriBaseId }
              : { uri: encodeURIComponent(name) },
          ...(line !== null && { region: { startLine: line } }),
        },
      },
    ],
    // Stays the same when lines move, so that a finding that was dismissed stays dismissed.
    partialFingerprints: { 'foyerFinding/v1': [name, id, address ?? '', server ?? ''].join('|') },
  }
}
