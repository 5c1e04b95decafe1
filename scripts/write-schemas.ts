// Writes the published schemas to docs: node scripts/write-schemas.ts
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { format } from 'prettier'
import { eventsJsonSchema } from '../cli/events.ts'
import { manifestJsonSchema } from '../core/communities/manifest-json-schema.ts'

const schemas = { 'cli-events': eventsJsonSchema(), manifest: manifestJsonSchema() }

for (const [name, schema] of Object.entries(schemas)) {
  const text = await format(JSON.stringify(schema, undefined, 2), { parser: 'json', printWidth: 110 })
  writeFileSync(join(import.meta.dirname, `../docs/${name}.schema.json`), text)
}
