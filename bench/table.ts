import type { Cost } from './cost.ts'
import type { FitResult } from './fit.ts'
import type { QuietCase } from './quiet.ts'
import type { CaseResult } from './results.ts'

const head = ['case', 'bound', 'took', 'ratio', 'refused', 'requests', 'joined']

/** The cases as a Markdown table. */
export function tableOf(cases: readonly CaseResult[]): string {
  return markdown(head, cases.map(cellsOf))
}

/** What was said of joining, beside what it took, as a Markdown table. */
export function fitTableOf(cases: readonly FitResult[]): string {
  return markdown(
    ['case', 'rooms here', 'truly', 'predicted', 'measured', 'ratio'],
    cases.map(({ name, here, truly, rooms, predicted_s, measured_s, ratio }) => [
      name,
      `${here} of ${rooms}`,
      String(truly),
      seconds(predicted_s),
      seconds(measured_s),
      ratio.toFixed(2),
    ]),
  )
}

/** What each piece of work costs, as a Markdown table. */
export function costTableOf(costs: readonly Cost[]): string {
  return markdown(
    ['work', 'min ms', 'median ms', 'bound', 'ratio'],
    costs.map(({ name, min_ms, median_ms, bound_ms, ratio }) => [
      name,
      min_ms.toFixed(1),
      median_ms.toFixed(1),
      bound_ms === null ? '' : String(bound_ms),
      ratio === null ? '' : ratio.toFixed(2),
    ]),
  )
}

/** What a quiet start costs, as a Markdown table. */
export function quietTableOf(cases: readonly QuietCase[]): string {
  return markdown(
    ['case', 'last room', 'with a quiet start', 'ratio', 'all quiet', 'refused'],
    cases.map(({ name, plain_s, quiet_s, ratio, quiet_end_s, refused }) => [
      name,
      seconds(plain_s),
      seconds(quiet_s),
      ratio.toFixed(3),
      seconds(quiet_end_s),
      String(refused),
    ]),
  )
}

function markdown(headings: readonly string[], body: readonly (readonly string[])[]): string {
  const rows = [headings, ...body]
  const widths = headings.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const lines = rows.map((row) => line(row.map((cell, column) => padded(cell, widths[column] ?? 0, column))))
  const rule = line(
    widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)),
  )
  return [lines[0], rule, ...lines.slice(1)].join('\n')
}

function cellsOf({ name, rooms, bound_s, took_s, ratio, refused, requests, joined }: CaseResult): string[] {
  if (took_s === null) return [name, seconds(bound_s), 'not installed', '', '', '', '']
  const isAll = joined === rooms
  return [
    name,
    seconds(bound_s),
    seconds(took_s),
    isAll && ratio !== null ? ratio.toFixed(2) : '',
    String(refused),
    String(requests),
    isAll ? String(joined) : `${joined} of ${rooms}`,
  ]
}

function seconds(value: number): string {
  return `${value.toFixed(1)} s`
}

function padded(cell: string, width: number, column: number): string {
  return column === 0 ? cell.padEnd(width) : cell.padStart(width)
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`
}
