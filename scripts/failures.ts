// What failed, read from the reports that Vitest and Playwright write: the end of a long run's output is often all that
// is kept of it, so it must say what went wrong.
import { relative } from 'node:path'

/** Lines of a message that are worth repeating: where it happened and what was expected, without the whole stack. */
const MESSAGE_LINES = 14

/** What colours and moves the cursor on a terminal. */
// oxlint-disable-next-line no-control-regex -- Escape is what begins them.
const ESCAPES = /\u001B\[[0-9;]*m/g

interface VitestReport {
  readonly testResults?: readonly {
    readonly name: string
    readonly status: string
    readonly message?: string
    readonly assertionResults: readonly {
      readonly fullName: string
      readonly status: string
      readonly failureMessages?: readonly string[] | null
    }[]
  }[]
}

interface Suite {
  readonly suites?: readonly Suite[]
  readonly specs?: readonly {
    readonly title: string
    readonly file: string
    readonly tests: readonly {
      readonly status: string
      readonly results: readonly { readonly errors?: readonly { readonly message?: string }[] }[]
    }[]
  }[]
}

/** Name and message of each test that failed, or of a file that could not be read, in a report of Vitest's. */
export function vitestFailures(report: object): readonly string[] {
  return ((report as VitestReport).testResults ?? []).flatMap((file) => {
    const path = relative('.', file.name)
    const failed = file.assertionResults.filter(({ status }) => status === 'failed')
    if (failed.length === 0 && file.status === 'failed') return [told(path, [file.message ?? ''])]
    return failed.map((test) => told(`${path} > ${test.fullName}`, test.failureMessages ?? []))
  })
}

/** As `vitestFailures`, of the tests that failed at the first try and passed at the next. */
export function vitestSecondTries(report: object): readonly string[] {
  return ((report as VitestReport).testResults ?? []).flatMap((file) =>
    file.assertionResults
      .filter(({ status, failureMessages }) => status === 'passed' && (failureMessages?.length ?? 0) > 0)
      .map((test) => told(`${relative('.', file.name)} > ${test.fullName}`, test.failureMessages ?? [])),
  )
}

/**
 * Name and messages of each journey with such an outcome in a report of Playwright's: `unexpected` failed at every
 * try, `flaky` at some.
 */
export function journeysThatWere(outcome: 'unexpected' | 'flaky', report: object): readonly string[] {
  const suite = report as Suite
  const own = (suite.specs ?? []).flatMap(({ file, title, tests }) =>
    tests
      .filter(({ status }) => status === outcome)
      .map(({ results }) =>
        told(
          `${file} > ${title}`,
          results.flatMap(({ errors = [] }) => errors.map(({ message = '' }) => message)),
        ),
      ),
  )
  return [...own, ...(suite.suites ?? []).flatMap((inner) => journeysThatWere(outcome, inner))]
}

function told(name: string, messages: readonly string[]): string {
  const lines = messages.flatMap((message) =>
    message
      .replaceAll(ESCAPES, '')
      .split('\n')
      .filter((line) => line.trim() !== '' && !line.includes('node_modules'))
      .slice(0, MESSAGE_LINES),
  )
  return [name, ...lines.map((line) => `    ${line}`)].join('\n')
}
