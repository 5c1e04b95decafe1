import { expect, test } from 'vitest'
import type { Run } from './measure.ts'
import { notInstalled, overheadVerdicts, verdictsOf } from './results.ts'
import { scenes, type ScenePlayed } from './scenes.ts'
import { tableOf } from './table.ts'
import { foyer } from './ways/foyer.ts'
import { naiveParallel } from './ways/loops.ts'

const good: Run = { rooms: 33, seconds: 12, requests: 34, refused: 1, joined: 33, joinedAt: [] }

function played(...runs: { way: typeof foyer; run: Run }[]): ScenePlayed {
  const scene = scenes.find((each) => each.hasPeers)
  if (scene === undefined) throw new Error('no scene has peers')
  return { scene, places: { local: 33, remote: 0 }, bound: 11.5, runs }
}

test('a good run falls short of nothing', () => {
  const [verdict] = verdictsOf(played({ way: foyer, run: good }))
  expect(verdict?.shortfalls).toEqual([])
  expect(verdict?.result).toEqual({
    name: '33 rooms local, limits 20 times faster: Foyer',
    rooms: 33,
    bound_s: 11.5,
    took_s: 12,
    ratio: 1.043,
    refused: 1,
    requests: 34,
    joined: 33,
  })
})

test('what is missed is said, and by how much', () => {
  const bad = { ...good, seconds: 13.8, refused: 2 }
  expect(verdictsOf(played({ way: foyer, run: bad }))[0]?.shortfalls).toEqual([
    '33 rooms local, limits 20 times faster: Foyer: ratio 1.2, 0.1 over 1.1',
    '33 rooms local, limits 20 times faster: Foyer: 2 refusals instead of at most 1',
  ])
  expect(verdictsOf(played({ way: foyer, run: { ...good, joined: 32 } }))[0]?.shortfalls).toEqual([
    '33 rooms local, limits 20 times faster: Foyer: joined 32 of 33 rooms',
  ])
})

test('a peer has nothing to show, and no ratio when it left rooms out', () => {
  const run = { ...good, seconds: 0.7, refused: 23, joined: 10 }
  const [verdict] = verdictsOf(played({ way: naiveParallel, run }))
  expect(verdict).toMatchObject({ shortfalls: [], result: { ratio: null, joined: 10 } })
})

test('without limits the pair in the middle is compared until the last room, and all that ours does is told', () => {
  const run = (last: number, done = last): Run => ({
    ...good,
    refused: 0,
    seconds: done,
    joinedAt: [1, last],
  })
  // All was slower while the second pair ran.
  const verdicts = overheadVerdicts([
    { ours: run(10.1, 11), plain: run(10) },
    { ours: run(33, 35), plain: run(30) },
    { ours: run(10.4, 11.4), plain: run(10) },
  ])
  expect(verdicts).toMatchObject([
    { shortfalls: [], result: { bound_s: 10, took_s: 10.4, ratio: 1.04 } },
    { shortfalls: [], result: { bound_s: 10, took_s: 11.4, ratio: 1.14 } },
    { shortfalls: [], result: { took_s: 10, ratio: 1 } },
  ])
  const [slow] = overheadVerdicts([{ ours: run(11), plain: run(10) }])
  expect(slow?.shortfalls).toHaveLength(1)
})

test('the table tells a run that left rooms out and a program that is not there', () => {
  const run = { ...good, seconds: 0.7, refused: 23, joined: 10, requests: 33 }
  const cases = [
    ...verdictsOf(played({ way: foyer, run: good }, { way: naiveParallel, run })),
    notInstalled('another', 33, 11.5),
  ].map(({ result }) => result)
  expect(tableOf(cases)).toMatchInlineSnapshot(`
    "| case                                                   |  bound |          took | ratio | refused | requests |   joined |
    | ------------------------------------------------------ | -----: | ------------: | ----: | ------: | -------: | -------: |
    | 33 rooms local, limits 20 times faster: Foyer          | 11.5 s |        12.0 s |  1.04 |       1 |       34 |       33 |
    | 33 rooms local, limits 20 times faster: naive parallel | 11.5 s |         0.7 s |       |      23 |       33 | 10 of 33 |
    | another                                                | 11.5 s | not installed |       |         |          |          |"
  `)
})
