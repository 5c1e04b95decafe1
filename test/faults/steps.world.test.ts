import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { News } from '../../cli/events.ts'
import { testPython } from '../../practice/fixtures/python.ts'
import { startWorld, type PracticeWorld } from '../../practice/world.ts'
import { complaintsOf, missingRooms } from './complaints.ts'
import { HASTE } from './haste.ts'
import { hurry } from './hurry.ts'
import { isTellable, planFor, runCell } from './matrix.ts'
import { runPass } from './pass.ts'
import { faultCatalogue, type Fault } from './proxy/fault.ts'
import { steps, type Step } from './proxy/step.ts'
import { setStage, type Stage } from './stage.ts'

/* Every fault at one of the steps; `npm run faults` takes each of them to every step. */

let world: PracticeWorld
let stage: Stage
beforeAll(async () => {
  world = await startWorld({ python: testPython(), limits: 'raised' })
  stage = await setStage(world)
  hurry(null, HASTE)
})
afterAll(async () => {
  await stage.close()
  await world.stop()
})

// Every fault once: a third of them to a join, the rest to the other steps in turn.
const elsewhere = steps.filter((step) => step !== 'join')
const cells = Object.entries(faultCatalogue)
  .map(([name, fault], index) => {
    const step: Step = index % 3 === 0 ? 'join' : (elsewhere[index % elsewhere.length] ?? 'join')
    return [name, step, fault] as const
  })
  .filter(([, step, fault]) => isTellable(step, fault))

test.each(cells)('%s to %s', async (_name, step, fault) => {
  const { complaints, met } = await runCell(stage, step, fault, 1)
  expect(complaints).toEqual([])
  expect(met).toBeGreaterThan(0)
})

describe('what lasts', () => {
  test('a connection that is lost is told, and it goes on once that is back', async () => {
    const dropped: Fault = { kind: 'drop', when: 'acted' }
    let isBack = false
    const pass = await runPass(stage, {
      plan: ({ step }) => (!isBack && (step === 'join' || step === 'joinedRooms') ? dropped : null),
      isEnough(news) {
        isBack ||= news.at(-1)?.type === 'offline'
        return false
      },
    })
    expect(pass.news.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['offline', 'online', 'finished']),
    )
    expect([...complaintsOf(stage, pass), ...missingRooms(stage, pass)]).toEqual([])
  })

  test('a server that asks to wait for an hour is waited for, and that is told', async () => {
    const isHour = (each: News | undefined): boolean =>
      each?.type === 'waiting' && Math.abs(Date.parse(each.until) - Date.now() - 3_600_000) < 60_000
    const pass = await runPass(stage, {
      plan: planFor('join', { kind: 'limit', says: 'hour' }, 1),
      isEnough: (news) => isHour(news.at(-1)),
    })
    expect(pass.news.some(isHour)).toBe(true)
    expect(pass.news.at(-1)).toMatchObject({ type: 'interrupted' })
    expect(complaintsOf(stage, pass)).toEqual([])
  })

  test('a room that nobody ever answers for is named, and the next run joins it', async () => {
    const silent: Fault = { kind: 'status', status: 502, page: 'html', isActed: false }
    const plain = stage.roomIdOf('#faults-plain:')
    const pass = await runPass(stage, {
      plan: ({ step, path }) => (step === 'join' && path.includes(encodeURIComponent(plain)) ? silent : null),
    })
    expect(complaintsOf(stage, pass)).toEqual([])
    expect(pass.news.at(-1)).toMatchObject({
      type: 'finished',
      notJoined: expect.arrayContaining([expect.objectContaining({ roomId: plain, reason: 'unreachable' })]),
    })
  })
})
