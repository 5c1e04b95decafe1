import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { joinedRooms, tokenIsDead } from '../../practice/admin.ts'
import { deleteAlias, makeRoom, putState, upgradeRoom } from '../../practice/fixtures/make-room.ts'
import type { PracticeWorld } from '../../practice/world.ts'
import { closeWindow, isVisible, noteNotifications, notifications } from '../fixtures/desktop.ts'
import { expect, PASSWORD, test } from '../fixtures/foyer-test.ts'
import { keptToken } from '../fixtures/kept-token.ts'
import { endFoyer, hurry, type RunningFoyer } from '../fixtures/launch.ts'
import { Newcomer } from '../pages/newcomer.ts'

const HOME = 'matrix.org'

test('what has changed stands at the front doors, and what is new is joined', async ({
  launch,
  world,
  profile,
  username,
}) => {
  const garden = await makeGarden(world, `new-${username}`)
  let foyer = await launch()
  const userId = await joinGarden(foyer, garden, profile, username)
  await endFoyer(foyer)

  const roses = await upgradeRoom(world, HOME, garden.alias('roses'))
  await deleteAlias(world, HOME, garden.alias('shed'))
  const pond = await makeRoom(world, HOME, { name: 'Pond', rule: { restrictedTo: [garden.space] } })
  await putState(world, HOME, garden.space, 'm.space.child', { via: [HOME] }, pond)

  foyer = await launch()
  const newcomer = new Newcomer(foyer.window)
  await newcomer.reads('1 moved, 1 closed')
  await newcomer.click(foyer.window.getByText('Which ones?'))
  await newcomer.reads('has moved; you’re still in the old one')
  await newcomer.reads('has closed: its address is gone')
  // With the keyboard alone from here to the password.
  await newcomer.button('Join the new ones in Garden Club').press('Enter')
  await signInAgain(newcomer)
  await newcomer.heading('What’s new in Garden Club')
  // The pond shows itself to members only, and counts from the sign-in on.
  await newcomer.reads('2 rooms are new since you were here. Your own rooms stay as they are.')
  await newcomer.click(newcomer.button('Join 2 rooms'))
  await newcomer.arrive()
  const joined = await joinedRooms(world, userId)
  expect(joined).toContain(roses)
  expect(joined).toContain(pond)
  await endFoyer(foyer)

  foyer = await launch()
  const later = new Newcomer(foyer.window)
  await later.click(later.button('Add another community'))
  await later.reads(/^Nothing new since /)
})

test('a community is removed, first without and then with its rooms', async ({
  launch,
  world,
  profile,
  username,
}) => {
  const garden = await makeGarden(world, `remove-${username}`)
  const foyer = await launch()
  const userId = await joinGarden(foyer, garden, profile, username)
  const newcomer = new Newcomer(foyer.window)
  await newcomer.click(newcomer.button('Remove Garden Club …'))
  await foyer.window.keyboard.press('Escape')
  await expect(foyer.window.getByRole('dialog')).toHaveCount(0)
  await newcomer.click(newcomer.button('Remove Garden Club …'))
  await newcomer.answer('Leave 4 rooms, too')
  await signInAgain(newcomer)
  await newcomer.heading('You’ve left')
  const token = await keptToken(profile)
  expect(await joinedRooms(world, userId)).toEqual([])
  await newcomer.click(newcomer.button('Back to the front doors'))
  await newcomer.heading(/^Come in/)
  await expect(foyer.window.getByText('Your communities')).toHaveCount(0)
  await newcomer.click(newcomer.button('Sign out'))
  await expect.poll(() => tokenIsDead(world, HOME, token)).toBe(true)
})

test('from the tray, Foyer looks once a day, tells news once, and shows it when asked', async ({
  launch,
  world,
  profile,
  username,
}) => {
  const garden = await makeGarden(world, `tray-${username}`)
  const foyer = await launch()
  const { app, window } = foyer
  await noteNotifications(app)
  await joinGarden(foyer, garden, profile, username)
  const newcomer = new Newcomer(window)
  const watching = window.getByRole('switch', { name: /^Tell me what’s new/ })
  await expect(watching).not.toBeChecked()
  await watching.press('Space')
  await expect(watching).toBeChecked()
  await closeWindow(app)
  await expect.poll(() => isVisible(app)).toBe(false)
  await deleteAlias(world, HOME, garden.alias('shed'))

  await wake(foyer)
  expect(await notifications(app)).toEqual([])
  // A day goes by in four seconds.
  await hurry(foyer, 40_000)
  await expect
    .poll(
      async () => {
        await wake(foyer)
        return notifications(app)
      },
      { intervals: [1_000] },
    )
    .toEqual(['News from Garden Club'])
  await new Promise((resolve) => setTimeout(resolve, 4_000))
  await wake(foyer)
  expect(await notifications(app)).toEqual(['News from Garden Club'])
  await app.evaluate((electron) => electron.app.emit('activate'))
  await expect.poll(() => isVisible(app)).toBe(true)
  await newcomer.reads('1 closed')
  await newcomer.click(newcomer.button(/^Got it/))
  await newcomer.reads(/^Nothing new since /)
})

interface Garden {
  readonly space: string
  readonly manifest: string
  alias(room: string): string
}

async function makeGarden(world: PracticeWorld, name: string): Promise<Garden> {
  const alias = (room: string): string => `#${room}-${name}:${HOME}`
  const rooms = ['lobby', 'roses', 'shed']
  const space = await makeRoom(world, HOME, { alias: `garden-${name}`, name: 'Garden Club', isSpace: true })
  for (const room of rooms) await makeRoom(world, HOME, { alias: `${room}-${name}`, name: room })
  const manifest = JSON.stringify({
    version: 2,
    name: 'Garden Club',
    space: { address: `#garden-${name}:${HOME}` },
    rooms: rooms.map((room) => ({ address: alias(room), label: room, lobby: room === 'lobby' })),
  })
  return { space, manifest, alias }
}

/** Joins everything with a new account, signs out, and goes back to the front doors. */
async function joinGarden(
  { window }: RunningFoyer,
  garden: Garden,
  profile: string,
  username: string,
): Promise<string> {
  const newcomer = new Newcomer(window)
  await openFile(window, join(profile, 'Garden.foyer'), garden.manifest)
  await newcomer.heading('Have a look around')
  await newcomer.joinCommunity('Garden Club')
  await newcomer.continueWith(HOME)
  await newcomer.createAccount({ username, password: PASSWORD })
  const { account } = await newcomer.joinEverything()
  await newcomer.click(newcomer.button('Add another community'))
  await newcomer.reads('Your communities')
  await newcomer.reads(/^Nothing new since /)
  return account.userId
}

async function openFile(window: Page, path: string, text: string): Promise<void> {
  writeFileSync(path, text)
  const choosing = window.waitForEvent('filechooser')
  await window.getByRole('button', { name: 'Open a file' }).press('Enter')
  await (await choosing).setFiles(path)
}

/** The name is filled in; nobody but the newcomer has the password. */
async function signInAgain(newcomer: Newcomer): Promise<void> {
  await newcomer.heading('Welcome back')
  await newcomer.fill(newcomer.window.getByLabel('Password', { exact: true }), PASSWORD)
  await newcomer.window.keyboard.press('Enter')
}

/** As after a sleep; whatever is due is done now. */
function wake({ app }: RunningFoyer): Promise<unknown> {
  return app.evaluate(({ powerMonitor }) => powerMonitor.emit('resume'))
}
