import { afterEach, describe, expect, test } from 'vitest'
import type { DoneState, JoinLine } from '../../core/onboarding/state.ts'
import { deviceNames, joinedRooms, resolveAlias } from '../../practice/admin.ts'
import { testWorld } from '../../practice/fixtures/test-world.ts'
import * as moderation from '../../practice/moderation.ts'
import type { KeptPass } from '../storage/pass-record.ts'
import { PassRun } from './testing/pass-run.ts'

const { world, agent } = await testWorld()
let runs: PassRun[] = []

afterEach(async () => {
  await Promise.all(runs.map((run) => run.onboarding.stop()))
  runs = []
})

describe('a quiet start', () => {
  test('every room but the lobby lets only mentions ring, and one word takes all back', async () => {
    const { run, done } = await arrive('auxolotl', 'quiet-one', 'all')
    const rules = await rulesOf(run)
    const lobby = String(await resolveAlias(world, '#general:auxolotl.org'))
    const joined = await joinedRooms(world, done.account.userId)
    expect(done.progress.quiet).toEqual({ isOn: true, isBusy: false, hasFailed: false })
    // Auxolotl has no space, so all but one have a rule.
    expect(rules.toSorted()).toEqual(joined.filter((roomId) => roomId !== lobby).toSorted())
    expect(await tagsOf(run, lobby)).toEqual(['m.favourite'])
    run.send({ type: 'setQuiet', isOn: false })
    await run.until('done', ({ progress }) => !progress.quiet.isOn && !progress.quiet.isBusy)
    expect(await rulesOf(run)).toEqual([])
    expect(await tagsOf(run, lobby)).toEqual([])
  })

  test('a few rooms ring as usual, unless the newcomer says otherwise', async () => {
    const { run } = await arrive('derse', 'quiet-few', 'all')
    expect(await rulesOf(run)).toEqual([])
    const asked = start()
    await asked.signUp('derse', 'matrix.org', 'quiet-asked')
    asked.send({ type: 'setPreset', preset: 'all' })
    asked.send({ type: 'setQuiet', isOn: true })
    asked.send({ type: 'startJoining' })
    await asked.until('done')
    expect((await rulesOf(asked)).length).toBeGreaterThan(0)
    const space = String(await resolveAlias(world, '#de-rse.org:matrix.org'))
    expect(await orderOf(asked, space)).toEqual({ order: 'z' })
  })

  test('goes on where it was after the app was killed again and again', async () => {
    let run = start()
    await run.signUp('auxolotl', 'matrix.org', 'quiet-killed')
    run.send({ type: 'setPreset', preset: 'all' })
    run.send({ type: 'startJoining' })
    for (let kill = 0; kill < 12 && run.onboarding.state.step === 'joining'; kill += 1) {
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 300))
      run = killed(run)
      run.send({ type: 'resume' })
    }
    const { account } = await run.until('done')
    const joined = await joinedRooms(world, account.userId)
    expect(joined).toHaveLength(33)
    expect(await rulesOf(run)).toHaveLength(32)
  })
})

describe('leaving everything again', () => {
  test('leaves what this pass joined, keeps what was there, takes the quiet back, over kills', async () => {
    const { run: first } = await arrive('derse', 'leaver', 'all')
    first.send({ type: 'addAnother' })
    await first.until('welcome', (state) => state.account !== null)
    first.send({ type: 'chooseCommunity', id: 'auxolotl' })
    await first.until('preview', (state) => state.phase === 'answered')
    first.send({ type: 'leavePreview' })
    await first.until('rooms', (state) => !state.isLoading)
    const { account } = await first.until('rooms')
    const before = await joinedRooms(world, account.userId)
    first.send({ type: 'setPreset', preset: 'all' })
    first.send({ type: 'startJoining' })
    await first.until('done')
    expect(await joinedRooms(world, account.userId)).toHaveLength(before.length + 33)
    first.send({ type: 'leaveAll' })
    await first.until('joining', ({ progress }) => (progress.leaving?.left ?? 0) > 5)
    const run = killed(first)
    const { progress } = await run.until('joining', (state) => state.progress.leaving?.phase === 'finished')
    expect(progress.leaving).toMatchObject({ count: 33, left: 33, failed: 0 })
    expect(progress.lines.every((line) => line.reason === 'left')).toBe(true)
    expect((await joinedRooms(world, account.userId)).toSorted()).toEqual(before.toSorted())
    expect(await rulesOf(run)).toEqual([])

    // Closing Foyer then leaves nothing signed in.
    await run.onboarding.takeLeave(10_000)
    expect(await deviceNames(world, account.userId)).toEqual([])
  })

  test('may be stopped half-way, and joined once more', async () => {
    const { run, done } = await arrive('auxolotl', 'half-leaver', 'all')
    run.send({ type: 'leaveAll' })
    await run.until('joining', ({ progress }) => (progress.leaving?.left ?? 0) > 2)
    run.send({ type: 'stopLeaving' })
    const { progress } = await run.until('joining', (state) => state.progress.leaving === null)
    const left = progress.lines.filter((line) => line.reason === 'left').map((line) => line.key)
    expect(left.length).toBeGreaterThan(2)
    expect(await joinedRooms(world, done.account.userId)).toHaveLength(33 - left.length)
    run.send({ type: 'retryRooms', keys: left })
    await run.until('done')
    expect(await joinedRooms(world, done.account.userId)).toHaveLength(33)
  })
})

describe('rooms that somebody inside opens', () => {
  const KNOCK = '#odd-knock:tu-dresden.de'

  test('the newcomer’s own words go along, and an accepted knock is joined by itself', async () => {
    const run = start()
    await knockAt(run, 'knocker', 'I mend bicycles.')
    const { account } = await run.until('done')
    expect(await moderation.membershipOf(world, KNOCK, account.userId)).toEqual({
      membership: 'knock',
      reason: 'I mend bicycles.',
    })
    await moderation.acceptKnocks(world, KNOCK)
    const done = await run.until('done', (state) => lineOf(state).status === 'joined')
    expect(done.signOut).toBe('asking')
    expect(await joinedRooms(world, account.userId)).toEqual([await resolveAlias(world, KNOCK)])
  })

  test('a knock is taken back, and made again', async () => {
    const run = start()
    await knockAt(run, 'wavering', '')
    const { progress } = await run.until('done')
    const key = progress.lines[0]?.key ?? ''
    run.send({ type: 'takeBackKnock', key })
    const back = await run.until('done', (state) => lineOf(state).reason === 'takenBack')
    expect(lineOf(back).status).toBe('notJoined')
    // Nothing is waited for any more, so closing Foyer would end the session.
    expect(run.states.at(-1)?.step).toBe('done')
    run.send({ type: 'retryRooms', keys: [key] })
    await run.until('done', (state) => lineOf(state).status === 'asked')
  })

  test('a knock accepted while Foyer is closed is joined at the next start', async () => {
    const run = start()
    await knockAt(run, 'sleeper', '')
    const { account } = await run.until('done')
    // Its answer is still to come, so closing Foyer keeps the session.
    await run.onboarding.takeLeave(10_000)
    await run.onboarding.stop()
    expect(await deviceNames(world, account.userId)).toEqual(['Foyer (temporary)'])
    // Their homeserver is in the room by now, so the knock travels to the moderators' by itself.
    await expect
      .poll(() => moderation.membershipOf(world, KNOCK, account.userId), { timeout: 20_000 })
      .toMatchObject({ membership: 'knock' })
    await moderation.acceptKnocks(world, KNOCK)
    const next = killed(run)
    await next.until('done', (state) => lineOf(state).status === 'joined')
    expect(await joinedRooms(world, account.userId)).toHaveLength(1)
    await next.onboarding.takeLeave(10_000)
    expect(await deviceNames(world, account.userId)).toEqual([])
  })
})

function lineOf(state: DoneState): JoinLine {
  const [line] = state.progress.lines
  if (line === undefined) throw new Error('Nothing was asked for')
  return line
}

async function knockAt(run: PassRun, username: string, words: string): Promise<void> {
  run.send({ type: 'openLink', text: '#odd-knock:tu-dresden.de' })
  await run.until('preview', (state) => state.phase === 'answered')
  run.send({ type: 'leavePreview' })
  await run.until('homeserver', (state) => state.cards.every((card) => card.probe !== 'asking'))
  run.send({ type: 'chooseHomeserver', name: 'matrix.org' })
  run.send({ type: 'continueWithHomeserver' })
  await run.until('createAccount')
  const password = 'four unrelated words'
  run.send({ type: 'createAccount', username, password, token: null, acceptsTerms: true })
  await run.until('profile')
  run.send({ type: 'skipProfile' })
  await run.until('rooms', (state) => !state.isLoading)
  run.send({ type: 'setKnockReason', text: words })
  run.send({ type: 'startJoining' })
}

function start(keep?: PassRun['keep']): PassRun {
  const run = new PassRun(agent, keep)
  runs.push(run)
  return run
}

async function arrive(
  community: string,
  username: string,
  preset: 'all' | 'suggested',
): Promise<{ run: PassRun; done: DoneState }> {
  const run = start()
  await run.signUp(community, 'matrix.org', username)
  run.send({ type: 'setPreset', preset })
  run.send({ type: 'startJoining' })
  return { run, done: await run.until('done') }
}

/** Starts anew from what was written down at this very moment; the run before it can write nothing more. */
function killed(run: PassRun): PassRun {
  const pass = run.keep.pass.get()
  const journal = run.keep.journal.get()
  void run.onboarding.stop()
  const next = new PassRun(agent, {
    pass: keptFrom(pass),
    journal: keptFrom(journal),
  })
  runs.push(next)
  return next
}

function keptFrom<Content>(content: Content | null): {
  get(): Content | null
  set(content: Content): void
  clear(): void
} {
  let kept = content === null ? null : JSON.stringify(content)
  return {
    get: () => (kept === null ? null : (JSON.parse(kept) as Content)),
    set: (next) => {
      kept = JSON.stringify(next)
    },
    clear: () => {
      kept = null
    },
  }
}

function ask(run: PassRun, path: string): Promise<Record<string, unknown>> {
  const session = (run.keep.pass.get() as KeptPass).session
  const token = session?.token?.kind === 'file' ? session.token.token : ''
  return world.client.request('matrix.org', `/_matrix/client/v3${path}`, { token })
}

/** IDs of the rooms in which only mentions ring. */
async function rulesOf(run: PassRun): Promise<string[]> {
  const answer = (await ask(run, '/pushrules/')) as {
    global: { room: { rule_id: string; actions: unknown[] }[] }
  }
  return answer.global.room.filter((rule) => rule.actions.length === 0).map((rule) => rule.rule_id)
}

async function tagsOf(run: PassRun, roomId: string): Promise<string[]> {
  const answer = await ask(run, `/user/${userOf(run)}/rooms/${encodeURIComponent(roomId)}/tags`)
  return Object.keys(answer['tags'] as object)
}

function orderOf(run: PassRun, roomId: string): Promise<Record<string, unknown>> {
  const type = 'org.matrix.msc3230.space_order'
  return ask(run, `/user/${userOf(run)}/rooms/${encodeURIComponent(roomId)}/account_data/${type}`)
}

function userOf(run: PassRun): string {
  return encodeURIComponent((run.keep.pass.get() as KeptPass).session?.userId ?? '')
}
