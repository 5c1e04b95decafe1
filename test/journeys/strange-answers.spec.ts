import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describeWorld } from '../../practice/world.ts'
import type { Fault } from '../faults/proxy/fault.ts'
import { startFaultProxy } from '../faults/proxy/fault-proxy.ts'
import { expect, PASSWORD, test } from '../fixtures/foyer-test.ts'
import { trulyJoined } from '../fixtures/truth.ts'
import { Newcomer } from '../pages/newcomer.ts'

// What Electron's own way of asking makes an uncaught exception of, or a file of this computer.
const strange: readonly Fault[] = [
  { kind: 'header' },
  { kind: 'status', status: 999, page: 'matrix', isActed: true },
  { kind: 'redirect', status: 307, to: 'file' },
]

test('answers that no server should give cost neither a room nor a file', async ({
  launch,
  profile,
  world,
  username,
}) => {
  const proxy = await startFaultProxy(world)
  const through = join(profile, 'world.json')
  writeFileSync(through, JSON.stringify(describeWorld({ ...world, proxyUrl: proxy.url })))
  const foyer = await launch({ through })
  const newcomer = new Newcomer(foyer.window)
  await newcomer.lookAround('Mathesar')
  await newcomer.joinCommunity('Mathesar')
  await newcomer.continueWith('matrix.org')
  await newcomer.createAccount({ username, password: PASSWORD })
  await newcomer.choose('Everything')
  // Each room is met by one of them in turn, when it is first asked for.
  const met = new Map<string, Fault>()
  proxy.arm(({ step, path }) => {
    if (step !== 'join' || met.has(path)) return null
    const fault = strange[met.size % strange.length] ?? null
    if (fault !== null) met.set(path, fault)
    return fault
  })
  await newcomer.join()
  await newcomer.arrive()
  expect(new Set(met.values())).toEqual(new Set(strange))
  const { account, progress } = await newcomer.state('done')
  expect(await trulyJoined(world, account.userId, progress.lines)).toHaveLength(13)
  expect(foyer.output()).not.toContain('uncaught')
  await proxy.close()
})
