import type { Locator } from '@playwright/test'
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deviceNames } from '../../practice/admin.ts'
import { expect, PASSWORD, test } from '../fixtures/foyer-test.ts'
import { dataOf, endFoyer, type RunningFoyer } from '../fixtures/launch.ts'
import { trulyJoined } from '../fixtures/truth.ts'
import { Newcomer } from '../pages/newcomer.ts'

test('killed on every step, it comes back to that step with what was chosen', async ({
  launch,
  world,
  username,
}) => {
  let foyer: RunningFoyer = await launch()
  let newcomer = new Newcomer(foyer.window)
  const restart = async (): Promise<void> => {
    await endFoyer(foyer)
    foyer = await launch()
    newcomer = new Newcomer(foyer.window)
  }
  await newcomer.lookAround('Mathesar')
  await restart()
  await newcomer.heading('Have a look around')
  await newcomer.reads('Code - Frontend')
  await newcomer.joinCommunity('Mathesar')

  const matrixOrg = (): Locator => foyer.window.getByRole('radio', { name: /^matrix\.org/ })
  await newcomer.click(matrixOrg())
  await expect(matrixOrg()).toBeChecked()
  await restart()
  await newcomer.heading('Where should your account live?')
  await expect(matrixOrg()).toBeChecked()
  await newcomer.continueWith('matrix.org')

  await newcomer.fillInAccount({ username, password: PASSWORD })
  // What is being typed is looked at a moment later, and kept by then.
  await newcomer.reads(`${username} is free.`)
  await restart()
  await newcomer.heading('Create your account')
  await newcomer.reads(/^On matrix\.org\./)
  await expect(foyer.window.getByLabel('Username')).toHaveValue(username)
  await expect(foyer.window.getByLabel('Password', { exact: true })).toHaveValue('')

  await newcomer.click(newcomer.button('I have an account here'))
  await restart()
  await newcomer.heading('Welcome back')
  await newcomer.reads(
    'It looks like @name:matrix.org. Just the name is enough; an e-mail address or phone number it knows will do, too.',
  )
  await newcomer.click(newcomer.button('Create an account instead'))
  await newcomer.continueWith('matrix.org')
  await newcomer.createAccount({ username, password: PASSWORD })

  await newcomer.choose('Just the Lobby')
  await newcomer.tick('Standup')
  await expect(newcomer.room('Standup')).toBeChecked()
  await restart()
  await newcomer.heading('Which rooms would you like?')
  await expect(newcomer.room('General')).toBeChecked()
  await expect(newcomer.room('Standup')).toBeChecked()
  await expect(newcomer.room('Design Review')).not.toBeChecked()
  await newcomer.choose('Everything')
  await newcomer.join()

  await newcomer.click(newcomer.button('Pause'))
  await newcomer.reads('Paused. Everything so far is kept.')
  await restart()
  await newcomer.reads(/of 13 Mathesar rooms are joined\./)
  await newcomer.answer('Not now')
  await newcomer.reads('Paused. Everything so far is kept.')
  await restart()
  await newcomer.answer('Carry on')
  await newcomer.arrive()

  await restart()
  await newcomer.arrive()
  await newcomer.reads('All 13 rooms are yours.')
  const { account, progress } = await newcomer.state('done')
  expect(await trulyJoined(world, account.userId, progress.lines)).toHaveLength(13)
  expect(await deviceNames(world, account.userId)).toEqual([])
})

test.describe('while joining', () => {
  let foyer: RunningFoyer
  let newcomer: Newcomer
  test.beforeEach(async ({ launch, username }) => {
    foyer = await launch()
    newcomer = new Newcomer(foyer.window)
    await newcomer.lookAround('Mathesar')
    await newcomer.joinCommunity('Mathesar')
    await newcomer.continueWith('matrix.org')
    await newcomer.createAccount({ username, password: PASSWORD })
    await newcomer.pauseEverything()
  })

  test('stop and sign out instead of carrying on', async ({ launch, world }) => {
    const { account } = await newcomer.state('joining')
    await endFoyer(foyer)
    foyer = await launch()
    newcomer = new Newcomer(foyer.window)
    await newcomer.answer('Stop and sign out')
    await newcomer.arrive()
    expect(await deviceNames(world, account.userId)).toEqual([])
    await newcomer.click(newcomer.button('Add another community'))
    await newcomer.heading('Come in. Who are you here to see?')
    await endFoyer(foyer)
    foyer = await launch()
    await new Newcomer(foyer.window).heading('Come in. Who are you here to see?')
  })

  test('a damaged journal is set aside, and every room is joined all the same', async ({ launch, world }) => {
    const data = await dataOf(foyer)
    await endFoyer(foyer)
    writeFileSync(join(data, 'journal.jsonl'), '{"version": 1, "que')
    foyer = await launch()
    newcomer = new Newcomer(foyer.window)
    await newcomer.answer('Carry on')
    await newcomer.arrive()
    const { account, progress } = await newcomer.state('done')
    expect(await trulyJoined(world, account.userId, progress.lines)).toHaveLength(13)
    expect(readdirSync(data)).toContainEqual(expect.stringMatching(/^journal\.damaged-\d+\.jsonl$/))
  })
})

test('a pass that nobody can read is set aside, and Foyer begins anew', async ({ launch }) => {
  let foyer = await launch()
  const data = await dataOf(foyer)
  const garbage = {
    'cut short': '{"content": {"version": 1, "sta',
    empty: '',
    'not JSON': '\u0000\u0001 all this is noise',
    'of another version': '{"content": {"version": 99, "state": {"step": "joining"}}}',
  }
  for (const [kind, content] of Object.entries(garbage)) {
    await test.step(kind, async () => {
      await endFoyer(foyer)
      writeFileSync(join(data, 'pass.json'), content)
      foyer = await launch()
      const newcomer = new Newcomer(foyer.window)
      await newcomer.heading('Come in. Who are you here to see?')
      await newcomer.lookAround('Mathesar')
    })
  }
  expect(readdirSync(data).filter((name) => name.startsWith('pass.damaged-'))).toHaveLength(3)
})
