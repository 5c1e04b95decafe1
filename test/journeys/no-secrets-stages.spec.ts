import { expect, PASSWORD, test } from '../fixtures/foyer-test.ts'
import { missingForKeyring, openKeyring } from '../fixtures/keyring.ts'
import { mailTo, openLinkOf } from '../fixtures/practice-mail.ts'
import { Places } from '../fixtures/secrets.ts'
import { Newcomer } from '../pages/newcomer.ts'

const SERVER = 'matrix.mathesar.org'

test.use({ hasHurdles: true })

test('nothing that a mail, a captcha and a password prove is found anywhere', async ({
  launchWithBrowser,
  profile,
  world,
  username,
}) => {
  test.skip(missingForKeyring().length > 0, 'There is no keyring to be had here.')
  const keyring = await openKeyring()
  try {
    const { foyer, browser } = await launchWithBrowser({ env: keyring.env })
    const newcomer = new Newcomer(foyer.window)
    const places = await Places.of(foyer)
    const address = `${username}@mail.example`
    await newcomer.lookAround('Mathesar')
    await newcomer.joinCommunity('Mathesar')
    await newcomer.continueWith(SERVER)
    await newcomer.window.getByLabel('E-mail address').waitFor()
    await newcomer.fillInAccount({ username, password: PASSWORD, email: address })
    await newcomer.click(newcomer.button('Create account'))
    await newcomer.isAskedForMore()
    await newcomer.click(newcomer.button('Open the page'))
    const captcha = await browser.nextPage()
    const [page] = await browser.handedOver()
    await places.add('while waiting')
    await captcha.getByRole('checkbox').check()
    await captcha.getByRole('button', { name: 'Continue' }).click()
    await newcomer.reads('Done.')
    await openLinkOf(world, address)
    await newcomer.skipProfile()
    await newcomer.pauseEverything()
    await places.add('while joining')
    await newcomer.click(newcomer.button('Carry on'))
    await newcomer.arrive()
    await places.close(newcomer)

    // The mail's link holds all that proves the address; the captcha's page the session of the registration.
    const proof = new URL((await mailTo(world, address)).links[0] ?? '').searchParams
    const secrets = {
      'the password': PASSWORD,
      'the access token': 'syt_',
      'the client secret': proof.get('client_secret') ?? '',
      'the mail’s session': proof.get('sid') ?? '',
      'the mail’s token': proof.get('token') ?? '',
      'the registration’s session': new URL(page ?? '').searchParams.get('session') ?? '',
    }
    expect(places.text('the states')).toContain('"step":{"value":"stages"}')
    expect(places.text('the memory while waiting')).toContain(address)
    expect(places.holding(secrets, profile)).toEqual([])
  } finally {
    await keyring.close()
  }
})
