import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import MarkdownIt from 'markdown-it'
import { describe, expect, test } from 'vitest'
import { checkIds } from '../core/checking/catalogue.ts'
import { docsOf } from './checking/words.ts'

const root = join(import.meta.dirname, '..')
const skipped = new Set(['node_modules', 'out', 'dist', 'test-results', 'playwright-report'])

function pagesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return skipped.has(entry.name) || entry.name.startsWith('.') ? [] : pagesIn(path)
    return entry.name.endsWith('.md') ? [relative(root, path).replaceAll('\\', '/')] : []
  })
}

const pages = pagesIn(root)
const markdown = new MarkdownIt()

/** The anchors that GitHub gives to a page's headings. */
function anchorsOf(text: string): ReadonlySet<string> {
  const tokens = markdown.parse(text, {})
  const headings = tokens.flatMap((token, index) =>
    token.type === 'heading_open' ? [(tokens[index + 1]?.content ?? '').replaceAll(/[`*]/g, '')] : [],
  )
  return new Set(
    headings.map((heading) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}_ -]/gu, '')
        .replaceAll(' ', '-'),
    ),
  )
}

function targetsIn(text: string): string[] {
  return markdown
    .parse(text, {})
    .flatMap(({ children }) => children ?? [])
    .flatMap((token) => token.attrGet('href') ?? token.attrGet('src') ?? [])
    .map(String)
}

describe('documentation', () => {
  test.each(pages)('%s: every link within the project leads somewhere', (path) => {
    const text = readFileSync(join(root, path), 'utf8')
    const broken = targetsIn(text)
      .filter((target) => !/^[a-z][a-z0-9+.-]*:/i.test(target))
      .filter((target) => {
        const [file = '', anchor] = target.split('#')
        const place = file === '' ? join(root, path) : join(root, dirname(path), decodeURIComponent(file))
        if (!existsSync(place)) return true
        return anchor !== undefined && !anchorsOf(readFileSync(place, 'utf8')).has(anchor)
      })
    expect(broken).toEqual([])
  })

  test('each check has its own place in the page that findings point to', () => {
    const path = /docs\/\S+\.md/.exec(docsOf())?.[0] ?? ''
    const anchors = anchorsOf(readFileSync(join(root, path), 'utf8'))
    expect(checkIds.filter((id) => !anchors.has(id))).toEqual([])
  })
})
