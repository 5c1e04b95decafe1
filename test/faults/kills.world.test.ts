import { afterAll, beforeAll, expect, test } from 'vitest'
import { testPython } from '../../practice/fixtures/python.ts'
import { startWorld, type PracticeWorld } from '../../practice/world.ts'
import { killCommandLine } from './kills/cli.ts'
import { breachLines } from './kills/tally.ts'

const KILLS = 10

let world: PracticeWorld
beforeAll(async () => {
  world = await startWorld({ python: testPython(), limits: 'raised' })
})
afterAll(() => world.stop())

test(`killed ${KILLS} times over random faults, the command line loses no room and asks for none after a yes`, async () => {
  const seed = Math.floor(Math.random() * 1_000_000)
  const tally = await killCommandLine({ world, kills: KILLS, seed, lanes: 2 })
  expect(breachLines(tally), `seed ${seed}`).toEqual([])
  expect(tally.kills).toBe(KILLS)
}, 400_000)
