import { noFaults } from '../../practice/oauth/faults.ts'
import { expect, PASSWORD, test } from '../fixtures/foyer-test.ts'
import { missingForKeyring, openKeyring } from '../fixtures/keyring.ts'
import { dataOf } from '../fixtures/launch.ts'
import { keptTokenKind } from '../fixtures/profile.ts'
import { Places } from '../fixtures/secrets.ts'
import { AccountPages } from '../pages/account-pages.ts'
import { Newcomer } from '../pages/newcomer.ts'

test.use({ delegates: true })

test('no token, code, verifier or password of a whole run is found anywhere', async ({
  launchWithBrowser,
  profile,
  world,
  username,
}) => {
  test.skip(missingForKeyring().length > 0, 'There is no keyring to be had here.')
  const { oauth } = world
  if (oauth === null) throw new Error('matrix.org delegates nothing')
  // Short, so that there are many.
  Object.assign(oauth.faults, noFaults(), { accessTokenLifetime: 3 })
  const keyring = await openKeyring()
  try {
    const { foyer, browser } = await launchWithBrowser({ env: keyring.env })
    const newcomer = new Newcomer(foyer.window)
    const places = await Places.of(foyer)

    await newcomer.lookAround('Galaxy')
    await newcomer.joinCommunity('Galaxy')
    await newcomer.continueWith('matrix.org')
    const pages = new AccountPages(await browser.nextPage())
    const asked = new URL((await browser.handedOver())[0] ?? '').searchParams
    await places.add('while waiting')
    await pages.createAccount(username, PASSWORD)
    await pages.consent()
    await newcomer.skipProfile()
    expect(keptTokenKind(await dataOf(foyer))).toBe('keyring')
    await newcomer.pauseEverything()
    await new Promise((resolve) => setTimeout(resolve, 3_000))
    await places.add('while joining')
    await newcomer.click(newcomer.button('Carry on'))
    await newcomer.arrive()
    await places.close(newcomer)

    const secrets = [...oauth.secrets(), PASSWORD, asked.get('state') ?? '']
    // An access and a refresh token at sign-in and at each refresh, the code and its verifier.
    expect(secrets.length).toBeGreaterThan(6)
    expect(places.text('the states')).toContain('"step":{"value":"browser"}')
    expect(places.text('the memory while joining')).toContain(username)
    expect(places.text('the log')).toContain('onboarding: joining')
    const named = Object.fromEntries(secrets.map((secret, index) => [`secret ${index}`, secret]))
    expect(places.holding(named, profile)).toEqual([])
  } finally {
    await keyring.close()
  }
})
