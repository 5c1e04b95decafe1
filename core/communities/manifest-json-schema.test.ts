import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { manifestJsonSchema } from './manifest-json-schema.ts'

test('the published schema is the present one (node scripts/write-schemas.ts)', () => {
  const path = join(import.meta.dirname, '../../docs/manifest.schema.json')
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(JSON.parse(JSON.stringify(manifestJsonSchema())))
})

test('says of every field what it is for', () => {
  const silent: string[] = []
  const walk = (schema: unknown, path: string): void => {
    const {
      properties = {},
      items,
      additionalProperties,
    } = schema as {
      properties?: Record<string, { description?: string }>
      items?: object
      additionalProperties?: object
    }
    for (const [name, field] of Object.entries(properties)) {
      if (field.description === undefined) silent.push(`${path}${name}`)
      walk(field, `${path}${name}.`)
    }
    if (items) walk(items, path)
    if (additionalProperties) walk(additionalProperties, path)
  }
  walk(manifestJsonSchema(), '')
  expect(silent).toEqual([])
})
