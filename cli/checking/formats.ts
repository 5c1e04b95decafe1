import { styleText } from 'node:util'
import { checkOf, isOnline, type Severity } from '../../core/checking/catalogue.ts'
import type { PlacedFinding } from '../../core/checking/check-manifest.ts'
import { countsOf } from '../../core/checking/finding.ts'
import { isPageAddress } from '../fetch-page.ts'
import type { Checked, Report } from './report.ts'
import { countsText, docsOf, shapeOfTime } from './words.ts'

const colours = { error: 'red', warning: 'yellow', note: 'blue' } as const satisfies Record<Severity, string>

/** Findings for people: a line each, under the name of the file. Coloured where `isColoured`. */
export function textOf(all: readonly Checked[], isColoured: boolean): string {
  const paint = (style: Parameters<typeof styleText>[0], text: string): string =>
    isColoured ? styleText(style, text, { validateStream: false }) : text
  const blocks = all.map(({ name, findings, fixed }) => {
    const widest = Math.max(0, ...findings.map((each) => String(each.line ?? '').length))
    const ids = Math.max(0, ...findings.map((each) => each.id.length))
    return [
      paint('bold', name),
      ...fixed.map((change) => `  ${paint('green', 'fixed')}  ${change}`),
      ...findings.map((each) => {
        const line = String(each.line ?? '').padStart(widest)
        const severity = paint(colours[each.severity], each.severity.padEnd('warning'.length))
        return `  ${line}  ${severity}  ${paint('dim', each.id.padEnd(ids))}  ${each.message}`
      }),
      `  ${countsText(countsOf(findings))}`,
      '',
    ].join('\n')
  })
  const isFound = all.some((each) => each.findings.length > 0)
  return `${blocks.join('\n')}${isFound ? `${docsOf()}\n` : ''}`
}

/** One JSON document. */
export function jsonOf(report: Report): string {
  return `${JSON.stringify(report, undefined, 2)}\n`
}

/**
 * Workflow commands of GitHub Actions, which it shows beside the lines. They are on one line each, so that nothing a
 * manifest says can begin a command of its own.
 */
export function githubOf(all: readonly Checked[]): string {
  const command = { error: 'error', warning: 'warning', note: 'notice' } as const
  const lines = all.flatMap(({ name, kind, findings }) =>
    findings.map((each) => {
      const place =
        kind !== 'link' && !isPageAddress(name)
          ? [['file', name], ...(each.line === null ? [] : [['line', String(each.line)]])]
          : []
      const properties = [...place, ['title', `${checkOf(each.id).title} (${each.id})`]]
      const list = properties.map(([key = '', value = '']) => `${key}=${escapedProperty(value)}`)
      return `::${command[each.severity]} ${list.join(',')}::${escapedData(each.message)}`
    }),
  )
  const counts = countsText(countsOf(all.flatMap((each) => each.findings)))
  return [...lines, counts, ''].join('\n')
}

function escapedData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapedProperty(text: string): string {
  return escapedData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}

/** What changed since the run before, a line each; for watching. */
export function changesOf(
  before: readonly PlacedFinding[],
  now: readonly PlacedFinding[],
  at: number,
): string {
  const keyOf = (each: PlacedFinding): string => `${each.id} ${each.address ?? ''} ${each.server ?? ''}`
  // How long joining takes changes all the time; that is for the page.
  const telling = (all: readonly PlacedFinding[]): PlacedFinding[] =>
    all.filter((each) => isOnline(each.id) && each.severity !== 'note')
  const old = new Set(telling(before).map(keyOf))
  const fresh = new Set(telling(now).map(keyOf))
  const came = telling(now).filter((each) => !old.has(keyOf(each)))
  const went = telling(before).filter((each) => !fresh.has(keyOf(each)))
  return [
    `${shapeOfTime(at)}  ${countsText(countsOf(now))}`,
    ...came.map((each) => `  new     ${each.id}  ${each.message}`),
    ...went.map((each) => `  solved  ${each.id}  ${each.message}`),
    '',
  ].join('\n')
}
