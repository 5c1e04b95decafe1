import type { ElectronApplication } from '@playwright/test'
import { closeWindow, isVisible, noteNotifications, notifications } from '../fixtures/desktop.ts'
import { launchFoyer } from '../fixtures/launch.ts'
import { expect, PASSWORD, test } from '../fixtures/foyer-test.ts'
import { trulyJoined } from '../fixtures/truth.ts'
import { Newcomer } from '../pages/newcomer.ts'

test('closed while joining, Foyer goes on without a window, tells the end once, and comes back when opened', async ({
  launch,
  profile,
  world,
  username,
}) => {
  const { app, window } = await launch()
  await noteNotifications(app)
  const newcomer = new Newcomer(window)
  await startJoiningGalaxy(newcomer, username)
  await closeWindow(app)
  expect(await isVisible(app)).toBe(false)
  await expect.poll(() => notifications(app), { timeout: 60_000 }).toEqual(['You’re in Galaxy'])
  // Opening Foyer again brings back the one that runs; the second one leaves at once.
  await launchFoyer({ profile, world: world.descriptionPath }).catch(() => undefined)
  await expect.poll(() => isVisible(app)).toBe(true)
  await newcomer.arrive()
  const { account, progress } = await newcomer.state('done')
  expect(await trulyJoined(world, account.userId, progress.lines)).toHaveLength(69)
})

test('quitting while joining asks first', async ({ launch, username }) => {
  const { app, window } = await launch()
  await startJoiningGalaxy(new Newcomer(window), username)
  const exited = new Promise((resolve) => app.process().once('exit', resolve))
  await answerDialogs(app, 0)
  await app.evaluate((electron) => electron.app.quit())
  expect(app.process().exitCode).toBeNull()
  await answerDialogs(app, 1)
  await app.evaluate((electron) => electron.app.quit())
  await exited
})

async function startJoiningGalaxy(newcomer: Newcomer, username: string): Promise<void> {
  await newcomer.lookAround('Galaxy')
  await newcomer.joinCommunity('Galaxy')
  await newcomer.continueWith('matrix.org')
  await newcomer.createAccount({ username, password: PASSWORD })
  await newcomer.choose('Everything')
  await newcomer.join()
  await newcomer.heading('The doors are opening')
}

function answerDialogs(app: ElectronApplication, response: number): Promise<void> {
  return app.evaluate(({ dialog }, answer) => {
    dialog.showMessageBox = () => Promise.resolve({ response: answer, checkboxChecked: false })
  }, response)
}
