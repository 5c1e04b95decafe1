import { expect, type Page } from '@playwright/test'

/** The pages of matrix.org's account server, as a person walks through them. */
export class AccountPages {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  async createAccount(username: string, password: string): Promise<void> {
    await this.heading('Create an account on matrix.org')
    await this.page.getByLabel('Username').fill(username)
    await this.page.getByLabel('Password', { exact: true }).fill(password)
    await this.page.getByLabel('Confirm password').fill(password)
    await this.page.getByRole('button', { name: 'Create account' }).click()
    await this.heading('Continue to Foyer?')
  }

  async signIn(username: string, password: string): Promise<void> {
    await this.heading('Sign in to matrix.org')
    await this.page.getByLabel('Username').fill(username)
    await this.page.getByLabel('Password').fill(password)
    await this.page.getByRole('button', { name: 'Sign in' }).click()
    await this.heading('Continue to Foyer?')
  }

  async enterCode(code: string): Promise<void> {
    await this.heading('Link a device')
    await this.page.getByPlaceholder('Enter code').fill(code)
    await this.page.getByRole('button', { name: 'Continue' }).click()
    await this.heading('Is this you, on Foyer?')
    await this.page.getByRole('button', { name: 'Continue' }).click()
  }

  async consent(): Promise<void> {
    await this.page.getByRole('button', { name: 'Continue' }).click()
  }

  async refuse(): Promise<void> {
    await this.page.getByRole('button', { name: 'Cancel' }).click()
  }

  async heading(name: string): Promise<void> {
    await expect(this.page.getByRole('heading', { name, level: 1 })).toBeVisible()
  }
}
