import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { manifestSchema } from './manifest.ts'
import { readManifestText } from './manifest-text.ts'

const page = readFileSync(join(import.meta.dirname, '../../docs/manifest.md'), 'utf8')
const examples = [...page.matchAll(/```(?:json|yaml)\n(.*?)```/gs)].map((match) => match[1] ?? '')

test('the page’s examples are manifests', () => {
  expect(examples).toHaveLength(2)
  expect(examples.map((example) => readManifestText(example).ok)).toEqual([true, true])
})

test('the page names every field', () => {
  const { rooms, ...shape } = manifestSchema.shape
  const fields = [...Object.keys(shape), ...Object.keys(rooms.unwrap().element.shape)]
  expect(fields.filter((field) => !page.includes(`\`${field}\``) && !page.includes(`"${field}"`))).toEqual([])
})
