// Writes the schema of the events to docs: node cli/write-schema.ts
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { format } from 'prettier'
import { eventsJsonSchema } from './events.ts'

const path = join(import.meta.dirname, '../docs/cli-events.schema.json')
writeFileSync(
  path,
  await format(JSON.stringify(eventsJsonSchema(), undefined, 2), { parser: 'json', printWidth: 110 }),
)
