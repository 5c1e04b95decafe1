import { expect, test } from 'vitest'
import { judgeSoftware } from './software.ts'

const known = [{ name: 'Synapse', latest: '1.163.2', outdatedBelow: '1.150.0', source: 'x' }]

test.each([
  ['Synapse', '1.163.2', false],
  ['synapse', '1.150.0', false],
  ['Synapse', '1.149.9', true],
  ['Synapse', '0.99.5', true],
  ['Synapse', '2.0', false],
  ['Synapse', 'v1.98.0 (b=matrix-org-hotfixes,abc)', true],
  ['Synapse', '1', true],
  ['Synapse', 'unknown', null],
  ['Harmony', '1.0', null],
])('%s %s', (name, version, isOutdated) => {
  expect(judgeSoftware(known, name, version)).toMatchObject({ version, isOutdated })
})

test('has the name as the list spells it', () => {
  expect(judgeSoftware(known, 'SYNAPSE', '1.163.2').name).toBe('Synapse')
  expect(judgeSoftware(known, 'Harmony', '1').name).toBe('Harmony')
})
