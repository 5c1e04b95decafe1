import { expect, test } from '../fixtures/foyer-test.ts'
import { missingForKeyring, openKeyring } from '../fixtures/keyring.ts'
import { Places } from '../fixtures/secrets.ts'
import { Newcomer } from '../pages/newcomer.ts'

const SERVER = 'tu-dresden.de'
const PASSWORD = 'grace-compiles'

test.use({ hasSignOn: true })

test('neither nonce nor login token of a single sign-on is found anywhere', async ({
  launchWithBrowser,
  profile,
  world,
  username,
}) => {
  test.skip(missingForKeyring().length > 0, 'There is no keyring to be had here.')
  world.identityProvider?.groups[0].people.set(username, PASSWORD)
  const keyring = await openKeyring()
  try {
    const { foyer, browser } = await launchWithBrowser({ env: keyring.env })
    const newcomer = new Newcomer(foyer.window)
    const places = await Places.of(foyer)
    await newcomer.lookAround('Mathesar')
    await newcomer.joinCommunity('Mathesar')
    await newcomer.haveAccount()
    await newcomer.fill(foyer.window.getByLabel('Matrix ID'), `@${username}:${SERVER}`)
    await newcomer.click(newcomer.button('Sign in with TU Dresden'))
    const page = await browser.nextPage()
    await places.add('while waiting')
    await page.getByLabel('Username').fill(username)
    await page.getByLabel('Password').fill(PASSWORD)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('link', { name: 'Continue' }).click()
    await page.waitForURL(/^http:\/\/127\.0\.0\.1:\d+\/callback/)
    const callback = new URL(page.url()).searchParams
    await newcomer.skipProfile()
    await newcomer.pauseEverything()
    await places.add('while joining')
    await newcomer.click(newcomer.button('Carry on'))
    await newcomer.arrive()
    await places.close(newcomer)

    const secrets = {
      'the password': PASSWORD,
      'the access token': 'syt_',
      'the nonce': callback.get('state') ?? '',
      'the login token': callback.get('loginToken') ?? '',
    }
    expect(places.text('the states')).toContain('"step":{"value":"browser"}')
    expect(places.text('the memory while joining')).toContain(username)
    expect(places.holding(secrets, profile)).toEqual([])
  } finally {
    await keyring.close()
  }
})
