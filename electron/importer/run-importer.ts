import { utilityProcess } from 'electron'
import type { PageReading } from '../../core/adding/page-reading.ts'
import { fail, type Result } from '../../core/result.ts'
import type { PageToRead, ReadingProblem } from '../onboarding/ports.ts'

/** Ten megabytes take two seconds on an idle computer; nobody's page takes this long, in milliseconds. */
const MOST_TIME = 20_000
/** What a page may take of the memory, in megabytes. */
const MOST_MEMORY = 1_024

/**
 * Reads a page in a process of its own, which is ended after twenty seconds, or when `signal` is aborted. `path` is the
 * importer's bundle. Never rejects.
 */
export function runImporter(
  path: string,
  page: PageToRead,
  signal: AbortSignal,
): Promise<Result<PageReading, ReadingProblem>> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve(fail('broke'))
    const child = utilityProcess.fork(path, [], {
      serviceName: 'Foyer importer',
      stdio: 'ignore',
      // It has nothing to look up.
      env: {},
      execArgv: [`--max-old-space-size=${MOST_MEMORY}`],
    })
    const end = (result: Result<PageReading, ReadingProblem>): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', abort)
      resolve(result)
      child.kill()
    }
    const abort = (): void => end(fail('broke'))
    const timer = setTimeout(() => end(fail('tookTooLong')), MOST_TIME)
    signal.addEventListener('abort', abort, { once: true })
    child.once('message', (result: Result<PageReading, 'notText'>) => end(result))
    child.once('exit', () => end(fail('broke')))
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a process, not a window
    child.postMessage(page)
  })
}
