// Checks the five pages and holds what is found against the key: node scripts/trap-table.ts PAGE PAGE PAGE PAGE PAGE,
// in the order of core/importing/testing/page-key.ts. Writes docs/page-traps.md. The pages themselves aren't part of
// this repository.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { format } from 'prettier'
import { checkPage } from '../core/checking/check-page.ts'
import { pageTraps } from '../core/checking/testing/page-traps.ts'
import { pageKeys } from '../core/importing/testing/page-key.ts'

const paths = process.argv.slice(2)
const pages = pageKeys.map(({ page }, index) => {
  const path = paths[index]
  if (path === undefined) throw new Error(`No file is named for the page ${page}`)
  const { findings } = checkPage(readFileSync(path, 'utf8'), { name: 'page.md' })
  const traps = pageTraps.filter((each) => each.page === page)
  const found = traps.map((each) =>
    findings.find(({ id, address }) => id === each.id && (each.address === null || address === each.address)),
  )
  return { page, traps, found, more: findings.filter((each) => !found.includes(each)) }
})
const rows = pages.flatMap(({ page, traps, found }) =>
  traps.map(({ trap }, index) => {
    const finding = found[index]
    const where = finding?.line === null ? 'the whole' : String(finding?.line ?? '')
    const what = finding === undefined ? '**not found**' : `[${finding.id}](checks.md#${finding.id})`
    return `| ${page} | ${trap} | ${what} | ${where} |`
  }),
)
const missed = pages.reduce((sum, { found }) => sum + found.filter((each) => each === undefined).length, 0)
const more = pages.flatMap((each) => each.more)
const text = `# What five communities’ pages have in wait

Pages that Mathesar, de-RSE, Galaxy and Auxolotl have had, read by \`foyer check\` as they were. The left of the table was
written down by hand; the right is what was found. \`node scripts/trap-table.ts\` makes this page of the pages’ files, which
aren’t part of this repository; their slips, in made-up rooms, are in core/checking/traps.test.ts and check-page.test.ts.

| page | trap | found as | line |
| --- | --- | --- | --: |
${rows.join('\n')}

${rows.length} traps, ${missed} missed; ${more.length} findings beside them${more.length === 0 ? '.' : `: ${more.map(({ id, message }) => `${id}, ${message}`).join('; ')}`}
`
const formatted = await format(text, { parser: 'markdown', printWidth: 110, proseWrap: 'preserve' })
writeFileSync(join(import.meta.dirname, '../docs/page-traps.md'), formatted)
