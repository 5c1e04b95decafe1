// Holds imports of the five pages against the key: node scripts/import-table.ts PAGE PAGE PAGE PAGE PAGE, in the order
// of core/importing/testing/page-key.ts. The pages themselves aren't part of this repository.
import { readFileSync } from 'node:fs'
import { compare } from '../core/importing/testing/compare.ts'
import { pageKeys } from '../core/importing/testing/page-key.ts'

console.log('| page | addresses on it | found | wrong | section right |')
console.log('| --- | --: | --: | --: | --: |')
for (const [index, path] of process.argv.slice(2).entries()) {
  const key = pageKeys[index]
  if (key === undefined) break
  const { page, addresses, found, wrong, rightSection, rooms } = compare(readFileSync(path, 'utf8'), key)
  console.log(`| ${page} | ${addresses} | ${found} | ${wrong} | ${rightSection} of ${rooms} |`)
}
