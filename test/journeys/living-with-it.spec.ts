import { joinedRooms, resolveAlias, tokenIsDead } from '../../practice/admin.ts'
import { acceptKnocks, membershipOf } from '../../practice/moderation.ts'
import type { PracticeWorld } from '../../practice/world.ts'
import { expect, PASSWORD, test } from '../fixtures/foyer-test.ts'
import { keptToken } from '../fixtures/kept-token.ts'
import { endFoyer } from '../fixtures/launch.ts'
import { Newcomer } from '../pages/newcomer.ts'

const KNOCK = '#odd-knock:tu-dresden.de'

test('a quiet start: 32 rooms ring for mentions only, and for everything after one click', async ({
  newcomer,
  world,
  profile,
  username,
}) => {
  await openAuxolotl(newcomer, username)
  const token = await keptToken(profile)
  const quiet = newcomer.window.getByRole('switch', { name: /^Quiet start/ })
  await newcomer.choose('Just the Lobby')
  await expect(quiet).not.toBeChecked()
  await newcomer.choose('Everything')
  await expect(quiet).toBeChecked()
  await newcomer.join()
  await newcomer.arriveAndStay()
  await newcomer.reads('Only mentions ring')
  expect(await quietRooms(world, token)).toHaveLength(32)
  expect(await quietRooms(world, token)).not.toContain(await resolveAlias(world, '#general:auxolotl.org'))

  await newcomer.click(quiet)
  await newcomer.reads('Every message makes a sound.')
  expect(await quietRooms(world, token)).toEqual([])
  await newcomer.reads('Decide what may ring')
})

test('everything is left again, over a crash, and joined once more', async ({ launch, world, username }) => {
  let foyer = await launch()
  let newcomer = new Newcomer(foyer.window)
  await openAuxolotl(newcomer, username)
  await newcomer.choose('Everything')
  await newcomer.join()
  await newcomer.arriveAndStay()
  const { account } = await newcomer.state('done')
  expect(await joinedRooms(world, account.userId)).toHaveLength(33)

  await newcomer.click(newcomer.button('Leave everything again'))
  await newcomer.answer('Stay')
  await newcomer.click(newcomer.button('Leave everything again'))
  await newcomer.answer('Leave them all')
  await newcomer.heading('The doors are closing')
  await endFoyer(foyer)
  foyer = await launch()
  newcomer = new Newcomer(foyer.window)
  await newcomer.heading('You’ve left')
  await newcomer.reads(/^Foyer has left the 33 rooms it joined for you\./)
  expect(await joinedRooms(world, account.userId)).toEqual([])

  await newcomer.click(newcomer.button('Join them again'))
  await newcomer.arrive()
  expect(await joinedRooms(world, account.userId)).toHaveLength(33)
})

test('a room that asks first gets the newcomer’s own words, and is joined once a moderator says yes', async ({
  newcomer,
  world,
  username,
}) => {
  await newcomer.pasteLink(KNOCK)
  await newcomer.joinCommunity('Knock')
  await newcomer.continueWith('matrix.org')
  await newcomer.createAccount({ username, password: PASSWORD })
  await newcomer.fill(newcomer.window.getByLabel('A word to the moderators'), 'I mend bicycles.')
  await newcomer.join()
  await newcomer.arriveAndStay()
  const { account } = await newcomer.state('done')
  expect(await membershipOf(world, KNOCK, account.userId)).toEqual({
    membership: 'knock',
    reason: 'I mend bicycles.',
  })
  await newcomer.reads(/^A moderator decides\. Once they say yes, Foyer joins it for you/)
  await newcomer.reads(/^Foyer stays signed in, also after you close it/)

  await acceptKnocks(world, KNOCK)
  await newcomer.reads('The room is yours.')
  expect(await joinedRooms(world, account.userId)).toEqual([await resolveAlias(world, KNOCK)])
})

test('closing Foyer at the end signs it out', async ({ launch, world, profile, username }) => {
  const { app, window } = await launch()
  const newcomer = new Newcomer(window)
  await openAuxolotl(newcomer, username)
  const token = await keptToken(profile)
  await newcomer.choose('Just the Lobby')
  await newcomer.join()
  await newcomer.arriveAndStay()
  await newcomer.reads(/^Foyer stays signed in while it is open/)
  expect(await tokenIsDead(world, 'matrix.org', token)).toBe(false)
  const exited = new Promise((resolve) => app.process().once('exit', resolve))
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
  await exited
  expect(await tokenIsDead(world, 'matrix.org', token)).toBe(true)
})

async function openAuxolotl(newcomer: Newcomer, username: string): Promise<void> {
  await newcomer.lookAround('Auxolotl')
  await newcomer.joinCommunity('Auxolotl')
  await newcomer.continueWith('matrix.org')
  await newcomer.createAccount({ username, password: PASSWORD })
  await expect.poll(async () => (await newcomer.state('rooms')).isLoading).toBe(false)
}

/** IDs of the rooms in which only mentions ring, as the homeserver keeps them. */
async function quietRooms(world: PracticeWorld, token: string): Promise<string[]> {
  const answer = await world.client.request('matrix.org', '/_matrix/client/v3/pushrules/', { token })
  const { room } = answer['global'] as { room: { rule_id: string; actions: unknown[] }[] }
  return room.filter((rule) => rule.actions.length === 0).map((rule) => rule.rule_id)
}
