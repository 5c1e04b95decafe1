import { accountExists, deviceNames } from '../../practice/admin.ts'
import { expect, test } from '../fixtures/foyer-test.ts'
import { trulyJoined } from '../fixtures/truth.ts'
import { Newcomer } from '../pages/newcomer.ts'

const SERVER = 'tu-dresden.de'

test.use({ hasSignOn: true })

for (const isNew of [false, true]) {
  test(`${isNew ? 'an account is made' : 'somebody comes into their account'} by the institution’s own sign-in, and joins`, async ({
    launchWithBrowser,
    world,
    username,
  }) => {
    const person = isNew ? username : 'ada'
    const password = isNew ? 'grace-compiles' : 'ada-counts-in-dresden'
    world.identityProvider?.people.set(person, password)
    const userId = `@${person}:${SERVER}`
    expect(await accountExists(world, userId)).toBe(!isNew)
    const { foyer, browser } = await launchWithBrowser()
    const newcomer = new Newcomer(foyer.window)
    await newcomer.lookAround('Mathesar')
    await newcomer.joinCommunity('Mathesar')
    await newcomer.haveAccount()
    await newcomer.fill(foyer.window.getByLabel('Matrix ID'), userId)
    await newcomer.click(newcomer.button('Sign in with TU Dresden'))
    await newcomer.heading('Finish in your browser')

    const page = await browser.nextPage()
    await page.getByLabel('Username').fill(person)
    await page.getByLabel('Password').fill('not the password')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByText('Username or password is wrong.').waitFor()
    await page.getByLabel('Username').fill(person)
    await page.getByLabel('Password').fill(password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    // The homeserver asks once more whether this app may come in.
    await page.getByRole('link', { name: 'Continue' }).click()
    await page.waitForURL(/^http:\/\/127\.0\.0\.1:\d+\/callback/)

    await newcomer.heading('Which rooms would you like?')
    const { account } = await newcomer.state('rooms')
    expect(account.userId).toBe(userId)
    await newcomer.choose('Everything')
    await newcomer.join()
    await newcomer.arrive()
    const { progress } = await newcomer.state('done')
    expect(await trulyJoined(world, userId, progress.lines)).toHaveLength(13)
    expect(await deviceNames(world, userId)).not.toContain('Foyer (temporary)')
  })
}
