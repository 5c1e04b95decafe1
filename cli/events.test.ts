import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { eventsJsonSchema } from './events.ts'
import { checkedEvent } from './testing/run-foyer.ts'

test('the published schema is up to date (node scripts/write-schemas.ts)', () => {
  const path = join(import.meta.dirname, '../docs/cli-events.schema.json')
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(JSON.parse(JSON.stringify(eventsJsonSchema())))
})

test('a line that doesn’t fit the published schema is noticed', () => {
  const line = { type: 'online', at: '2026-11-21T12:00:00.000Z', homeserver: 'a.b' }
  expect(checkedEvent(JSON.stringify(line))).toEqual(line)
  expect(() => checkedEvent(JSON.stringify({ ...line, at: 'noon' }))).toThrow('date-time')
  expect(() => checkedEvent(JSON.stringify({ ...line, homeserver: null }))).toThrow(
    'homeserver must be string',
  )
  expect(() => checkedEvent(JSON.stringify({ ...line, type: 'onlin' }))).toThrow('type')
})
