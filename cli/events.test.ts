import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { eventsJsonSchema } from './events.ts'

test('the published schema is up to date (node scripts/write-schemas.ts)', () => {
  const path = join(import.meta.dirname, '../docs/cli-events.schema.json')
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(JSON.parse(JSON.stringify(eventsJsonSchema())))
})
