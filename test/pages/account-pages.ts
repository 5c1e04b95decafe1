import { expect, type Locator, type Page } from '@playwright/test'

/** The pages of matrix.org's account server, as a person walks through them. */
export class AccountPages {
  /** Clicks and filled fields so far. */
  actions = 0
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  async createAccount(username: string, password: string): Promise<void> {
    await this.heading('Create an account on matrix.org')
    await this.fill(this.page.getByLabel('Username'), username)
    await this.fill(this.page.getByLabel('Password', { exact: true }), password)
    await this.fill(this.page.getByLabel('Confirm password'), password)
    await this.press('Create account')
    await this.heading('Continue to Foyer?')
  }

  async signIn(username: string, password: string): Promise<void> {
    await this.heading('Sign in to matrix.org')
    await this.fill(this.page.getByLabel('Username'), username)
    await this.fill(this.page.getByLabel('Password'), password)
    await this.press('Sign in')
    await this.heading('Continue to Foyer?')
  }

  async enterCode(code: string): Promise<void> {
    await this.heading('Link a device')
    await this.fill(this.page.getByPlaceholder('Enter code'), code)
    await this.press('Continue')
    await this.heading('Is this you, on Foyer?')
    await this.press('Continue')
  }

  async consent(): Promise<void> {
    await this.press('Continue')
  }

  async refuse(): Promise<void> {
    await this.press('Cancel')
  }

  async press(button: string): Promise<void> {
    this.actions += 1
    await this.page.getByRole('button', { name: button }).click()
  }

  async fill(field: Locator, text: string): Promise<void> {
    this.actions += 1
    await field.fill(text)
  }

  async heading(name: string): Promise<void> {
    await expect(this.page.getByRole('heading', { name, level: 1 })).toBeVisible()
  }
}
