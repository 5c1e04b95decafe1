// Writes the published schemas and the page of checks to docs: node scripts/write-schemas.ts
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { format } from 'prettier'
import { eventsJsonSchema } from '../cli/events.ts'
import { reportJsonSchema } from '../cli/checking/report.ts'
import { checksPage } from '../core/checking/checks-page.ts'
import { manifestJsonSchema } from '../core/communities/manifest-json-schema.ts'

const schemas = {
  'check-report': reportJsonSchema(),
  'cli-events': eventsJsonSchema(),
  manifest: manifestJsonSchema(),
}

for (const [name, schema] of Object.entries(schemas)) {
  const text = await format(JSON.stringify(schema, undefined, 2), { parser: 'json', printWidth: 110 })
  writeFileSync(join(import.meta.dirname, `../docs/${name}.schema.json`), text)
}

const checks = await format(checksPage(), { parser: 'markdown', printWidth: 110, proseWrap: 'preserve' })
writeFileSync(join(import.meta.dirname, '../docs/checks.md'), checks)
