import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { format } from 'prettier'
import { checkIds, checkOf } from './catalogue.ts'
import { checksPage } from './checks-page.ts'

const page = readFileSync(join(import.meta.dirname, '../../docs/checks.md'), 'utf8')

test.each(checkIds)('%s is documented, with a remedy', (id) => {
  const { about, remedy, title } = checkOf(id)
  expect(page).toContain(`\n### ${id}\n`)
  for (const text of [about, remedy]) expect(text).toMatch(/^\S.*\.$/)
  expect(title).not.toMatch(/\.$/)
})

test('the page is up to date: node scripts/write-schemas.ts', async () => {
  expect(page).toBe(
    await format(checksPage(), { parser: 'markdown', printWidth: 110, proseWrap: 'preserve' }),
  )
})
