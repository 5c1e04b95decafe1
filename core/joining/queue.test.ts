import { expect, test } from 'vitest'
import { entry, stateOf } from '../testing/queue.ts'
import { afterRestart } from './queue.ts'

test('what was being asked when Foyer ended is unconfirmed, and doesn’t count as a try', () => {
  const { queue } = stateOf([
    entry('#a:x', { status: 'joining', tries: 5, notBefore: 9 }),
    entry('#b:x', { status: 'arriving', reason: 'arriving', tries: 2, notBefore: 9 }),
    entry('#c:x', { status: 'queued', tries: 3 }),
  ])
  expect(afterRestart(queue).entries).toMatchObject([
    { status: 'arriving', reason: 'arriving', tries: 4, notBefore: 0 },
    { status: 'arriving', tries: 2, notBefore: 0 },
    { status: 'queued', tries: 3 },
  ])
})
