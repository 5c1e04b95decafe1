import { askAdmin, createAccount, deviceNames, joinedRooms, resolveAlias } from '../../practice/admin.ts'
import { expect, PASSWORD, test } from '../fixtures/foyer-test.ts'
import { Newcomer } from '../pages/newcomer.ts'

const MATHESAR_SPACE = '!KQLkDbtIMsvcwUIfNy:matrix.mathesar.org'

test('somebody with an account elsewhere signs in by Matrix ID and joins what they tick', async ({
  newcomer,
  world,
}) => {
  const ada = world.accounts.find((account) => account.server === 'tu-dresden.de')
  if (ada === undefined) throw new Error('Ada has left Dresden')
  const userId = `@${ada.username}:${ada.server}`
  const before = new Set(await joinedRooms(world, userId))
  const devices = await deviceNames(world, userId)
  await newcomer.lookAround('Mathesar')
  await newcomer.joinCommunity('Mathesar')
  await newcomer.haveAccount()

  await newcomer.signIn('@ada:nowhere.example', ada.password)
  await newcomer.reads('We can’t find a homeserver at nowhere.example.')
  await expect(newcomer.window.getByLabel('Matrix ID')).toHaveValue('@ada:nowhere.example')

  // All at once and faster than the look-up of the server, as password managers type.
  await newcomer.signIn(userId, 'not her password')
  await newcomer.reads('tu-dresden.de says this password isn’t right.')
  await expect(newcomer.window.getByLabel('Matrix ID')).toHaveValue(userId)
  const password = newcomer.window.getByLabel('Password', { exact: true })
  await expect(password).toHaveValue('not her password')
  await expect(password).toBeFocused()

  await newcomer.fill(password, ada.password)
  await password.press('Enter')
  await newcomer.heading('Which rooms would you like?')
  await newcomer.choose('Just the Lobby')
  await newcomer.tick('Code - Frontend')
  await newcomer.tick('Standup')
  await newcomer.tick('Design Review')
  await newcomer.tick('Design Review')
  await expect(newcomer.window.getByRole('radio', { name: /^My own choice/ })).toBeChecked()
  await newcomer.join()
  await newcomer.arrive()

  const chosen = ['#mathesar', '#frontend', '#standup'].map((alias) => `${alias}:matrix.mathesar.org`)
  const wanted = await Promise.all(chosen.map((alias) => resolveAlias(world, alias)))
  const joined = (await joinedRooms(world, userId)).filter((room) => !before.has(room))
  expect(new Set(joined)).toEqual(new Set([MATHESAR_SPACE, ...wanted]))
  expect(await deviceNames(world, userId)).toEqual(devices)
})

test('who knows Matrix is asked to sign in first, and can still create an account', async ({
  newcomer,
  world,
  username,
}) => {
  await createAccount(world, 'matrix.org', { username, password: PASSWORD })
  await newcomer.click(newcomer.window.getByRole('radio', { name: 'I know Matrix' }))
  await newcomer.lookAround('de-RSE')
  await newcomer.reads('Next: sign in with your account.')
  await newcomer.click(newcomer.button('Join de-RSE'))
  await newcomer.heading('Welcome back')

  await newcomer.window.keyboard.press('Escape')
  await newcomer.heading('Have a look around')
  await newcomer.click(newcomer.button('Join de-RSE'))
  await newcomer.click(newcomer.button('Create an account instead'))
  await newcomer.heading('Where should your account live?')

  await newcomer.haveAccount()
  await newcomer.signIn(`@${username}:matrix.org`, PASSWORD)
  await newcomer.heading('Which rooms would you like?')
  await newcomer.choose('Just the Lobby')
  await newcomer.join()
  await newcomer.arrive()
  const { progress } = await newcomer.state('done')
  expect(progress.lines).toHaveLength(1)
})

for (const number of ['+49 351 463-12', '(0351) 46 312']) {
  test(`where new accounts need an invite code, ${number} and a password are enough to sign in`, async ({
    launch,
    world,
    username,
  }) => {
    const server = 'auxolotl.org'
    const userId = `@${username}:${server}`
    await createAccount(world, server, { username, password: PASSWORD })
    await askAdmin(world, server, `/v2/users/${encodeURIComponent(userId)}`, {
      method: 'PUT',
      body: { threepids: [{ medium: 'msisdn', address: '4935146312' }] },
    })
    const { window } = await launch({ switches: ['--lang=de-DE'] })
    const newcomer = new Newcomer(window)
    await newcomer.lookAround('Auxolotl')
    await newcomer.joinCommunity('Auxolotl')
    await newcomer.continueWith(server)
    await newcomer.click(newcomer.button('I have an account here'))
    await newcomer.heading('Welcome back')
    await newcomer.signIn(number, PASSWORD)
    await newcomer.heading('Which rooms would you like?')
    expect((await newcomer.state('rooms')).account.userId).toBe(userId)
  })
}
