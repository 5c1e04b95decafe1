import { expect, test } from '../fixtures/foyer-test.ts'
import { Keyboard } from '../pages/keyboard.ts'

test.use({ delegates: true })

test('what is finished in the browser is opened, turned into a code and left with the keyboard alone', async ({
  launchWithBrowser,
}) => {
  const { foyer, browser } = await launchWithBrowser()
  const { window } = foyer
  const keys = new Keyboard(window)
  const toBrowser = async (): Promise<void> => {
    const row = window.getByRole('radio', { name: /^matrix\.org/ })
    await expect(row).toHaveAccessibleName(/Sign up in your browser/)
    await keys.reach(window.getByRole('radio', { checked: true }))
    await keys.choose(row)
    await keys.press(keys.button('Continue with matrix.org'))
    await keys.screen('Finish in your browser')
  }
  await keys.toHomeservers()
  await toBrowser()

  const opened = async (): Promise<number> => (await browser.handedOver()).length
  await expect.poll(opened).toBe(1)
  await keys.press(keys.button('Open the page again'))
  await expect.poll(opened).toBe(2)
  await keys.keepsFocus()

  await keys.press(keys.button('Show a code instead'))
  await keys.screen('Use any browser, even your phone’s')
  await expect(window.locator('dd.code')).not.toBeEmpty()
  await keys.press(keys.button('Use the browser on this computer'), 'Space')
  await keys.screen('Finish in your browser')
  await expect.poll(opened).toBe(3)

  await keys.press(keys.button('Cancel'))
  await keys.screen('Where should your account live?')
  await toBrowser()
  await window.keyboard.press('Escape')
  await keys.screen('Where should your account live?')
})
