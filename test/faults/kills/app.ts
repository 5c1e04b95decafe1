import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as timeout } from 'node:timers/promises'
import type { OnboardingState } from '../../../core/onboarding/state.ts'
import { joinedRooms } from '../../../practice/admin.ts'
import { describeWorld } from '../../../practice/world.ts'
import { dataOf, endFoyer, launchFoyer, type RunningFoyer } from '../../fixtures/launch.ts'
import { filesWith } from '../../fixtures/profile.ts'
import { Newcomer } from '../../pages/newcomer.ts'
import { HASTE } from '../haste.ts'
import { hurry } from '../hurry.ts'
import { startFaultProxy, type FaultProxy } from '../proxy/fault-proxy.ts'
import { randomFrom, randomPlan } from '../random.ts'
import { PASSWORD, SERVER } from '../stage.ts'
import type { KillOptions } from './cli.ts'
import { galaxyOf, type Wanted } from './galaxy.ts'
import { lineOf, noTally, sum, tallyOf, type Tally } from './tally.ts'

/** So often the app is killed for one newcomer before it may live on. */
const MOST_FOR_ONE = 10

/** The last life may take so long, in milliseconds. */
const LONGEST = 240_000

/** Kills the app again and again while it joins over random faults, and opens it anew each time. */
export async function killApp(options: KillOptions): Promise<Tally> {
  const wanted = await galaxyOf(options.world)
  const proxy = await startFaultProxy(options.world)
  let tally = noTally
  for (let person = 0; tally.kills < options.kills && options.signal?.aborted !== true; person += 1) {
    const most = Math.min(MOST_FOR_ONE, options.kills - tally.kills)
    const one = await killOne(options, proxy, wanted, options.seed + person, most)
    tally = sum(tally, one)
    options.log?.(lineOf(options.seed + person, one))
  }
  await proxy.close()
  return tally
}

async function killOne(
  { world, signal }: KillOptions,
  proxy: FaultProxy,
  wanted: Wanted,
  seed: number,
  most: number,
): Promise<Tally> {
  const began = Date.now()
  const random = randomFrom(seed)
  const profile = mkdtempSync(join(tmpdir(), 'foyer-kills-'))
  const worldPath = join(profile, 'world.json')
  writeFileSync(worldPath, JSON.stringify(describeWorld({ ...world, proxyUrl: proxy.url })))
  const open = async (): Promise<RunningFoyer> => {
    const foyer = await launchFoyer({ profile, world: worldPath })
    await foyer.app.evaluate(hurry, HASTE)
    return foyer
  }
  proxy.forget()
  proxy.arm(null)
  const complaints: string[] = []
  let kills = 0
  let foyer = await open()
  try {
    const username = `app-kills-${process.pid}-${seed}`
    const userId = `@${username}:${SERVER}`
    let newcomer = new Newcomer(foyer.window)
    await newcomer.lookAround('Galaxy')
    await newcomer.joinCommunity('Galaxy')
    await newcomer.continueWith(SERVER)
    await newcomer.createAccount({ username, password: PASSWORD })
    await newcomer.choose('Everything')
    // Faults only from here on: before, people see what went wrong and press a button again.
    proxy.arm(randomPlan(random))
    await newcomer.join()
    while (kills < most && signal?.aborted !== true) {
      await timeout(random() * 900)
      await endFoyer(foyer)
      kills += 1
      foyer = await open()
      newcomer = new Newcomer(foyer.window)
      if ((await stateOf(foyer)).step !== 'joining') break
      await newcomer.answer('Carry on')
    }
    const done = await lived(foyer, signal)
    if (done?.step !== 'done') complaints.push(`seed ${seed}: it is still at ${done?.step ?? 'nothing'}`)
    const lines = done?.step === 'done' ? done.progress.lines : []
    for (const { key, status, reason } of lines)
      if (status !== 'joined' && reason !== 'asked' && reason !== 'invite')
        complaints.push(`seed ${seed}: ${key} ends as ${reason}`)
    if (/\bat \S+ \(|Unhandled/.test(foyer.output())) complaints.push(`seed ${seed}: ${foyer.output()}`)
    if (filesWith(await dataOf(foyer), PASSWORD).length > 0)
      complaints.push(`seed ${seed}: the password is kept`)
    proxy.arm(null)
    const counts = tallyOf(wanted, proxy.records, await joinedRooms(world, userId))
    return { ...counts, kills, complaints, seconds: (Date.now() - began) / 1_000 }
  } finally {
    proxy.arm(null)
    await endFoyer(foyer)
    rmSync(profile, { recursive: true, force: true })
  }
}

function stateOf(foyer: RunningFoyer): Promise<OnboardingState> {
  return foyer.window.evaluate(() => window.foyer.getState())
}

// What the last life comes to; where some rooms may be tried again, as the screen offers, they are.
async function lived(foyer: RunningFoyer, signal: AbortSignal | undefined): Promise<OnboardingState | null> {
  const began = Date.now()
  for (;;) {
    const state = await stateOf(foyer)
    const isOver = state.step === 'done' && state.signOut !== 'working'
    if (isOver || Date.now() - began > LONGEST || signal?.aborted === true) return state
    await timeout(200)
  }
}
