import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { Failure, systemCodeOf } from '../failure.ts'
import { healthPage } from '../pages/health-page.ts'
import { noHistory, readHistory, withRun, type History } from './history.ts'
import type { Checked } from './report.ts'

/**
 * Writes the page of a check, and beside it the history that its trend comes from. A path that ends in .html is the
 * page; any other is a folder for index.html and history.json. Without facts there is nothing to show.
 */
export function writeHealth(path: string, checked: Checked): void {
  const { facts } = checked
  if (facts === null) return
  const { page, history } = placesOf(path)
  try {
    mkdirSync(dirname(page), { recursive: true })
    const runs = withRun(readKept(history), facts)
    // The history first: a page can be made anew, what was seen can't.
    replace(history, `${JSON.stringify(runs)}\n`)
    replace(page, healthPage({ ...checked, facts }, runs))
  } catch (error) {
    throw new Failure('journal', `${path} can’t be written (${systemCodeOf(error)}).`)
  }
}

function placesOf(path: string): { page: string; history: string } {
  const isFolder = existsSync(path) ? statSync(path).isDirectory() : !/\.html?$/i.test(path)
  if (isFolder) return { page: join(path, 'index.html'), history: join(path, 'history.json') }
  const name = basename(path).replace(/\.html?$/i, '')
  return { page: path, history: join(dirname(path), `${name}.history.json`) }
}

function readKept(path: string): History {
  if (!existsSync(path)) return noHistory
  const history = readHistory(readFileSync(path, 'utf8'))
  if (history !== null) return history
  renameSync(path, `${path}.damaged-${Date.now()}`)
  return noHistory
}

// Whoever reads the page meanwhile sees the old one or the new one.
function replace(path: string, text: string): void {
  const next = `${path}.next`
  writeFileSync(next, text)
  renameSync(next, path)
}
