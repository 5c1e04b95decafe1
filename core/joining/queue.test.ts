import { expect, test } from 'vitest'
import { entry, stateOf } from '../testing/queue.ts'
import { afterRestart, isWaiting, knockTakenBack, retried } from './queue.ts'

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

test('a knock that was taken back is waited for no more, and may be made again', () => {
  const { queue } = stateOf([
    entry('#asked:x', { status: 'asked', reason: 'asked', isKnock: true, tries: 1 }),
    entry('#in:x', { status: 'joined' }),
  ])
  const back = knockTakenBack(queue, '#asked:x')
  expect(back.entries[0]).toMatchObject({ status: 'notJoined', reason: 'takenBack' })
  expect(back.entries.some(isWaiting)).toBe(false)
  expect(retried(back, ['#asked:x']).entries[0]).toMatchObject({ status: 'queued', isKnock: true, tries: 0 })
  // Let in meanwhile.
  expect(knockTakenBack(queue, '#in:x')).toBe(queue)
})
