import { expect, type Locator, type Page } from '@playwright/test'

/** Somebody who has a keyboard and nothing else. Looks at each stop whether the screen shows where the focus is. */
export class Keyboard {
  readonly window: Page

  constructor(window: Page) {
    this.window = window
  }

  /** Waits for a screen, and for the focus to be somewhere on it. */
  async screen(title: string | RegExp): Promise<void> {
    await this.window.getByRole('heading', { name: title, level: 1 }).waitFor()
    await this.keepsFocus()
  }

  /** From the front doors to the homeservers for Mathesar. */
  async toHomeservers(): Promise<void> {
    await this.screen('Come in. Who are you here to see?')
    await this.press(this.button(/^Look around Mathesar/))
    await this.screen('Have a look around')
    await this.press(this.button('Join Mathesar'))
    await this.screen('Where should your account live?')
  }

  /** The focus has not fallen to the page. */
  async keepsFocus(): Promise<void> {
    await expect
      .poll(() => this.window.evaluate(() => document.activeElement?.tagName ?? 'BODY'), {
        message: 'The focus is lost',
      })
      .not.toBe('BODY')
  }

  /** Goes on with Tab, or back with Shift and Tab, until something has the focus. */
  async reach(target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
    await target.waitFor()
    for (let press = 0; press < MOST_STOPS; press += 1) {
      if (await this.isOn(target)) return await this.isShown()
      await this.window.keyboard.press(key)
      await this.isShown()
    }
    throw new Error(`The keyboard does not lead to ${String(target)}`)
  }

  /** Goes there, and presses Enter or another key. */
  async press(target: Locator, key = 'Enter'): Promise<void> {
    await this.reach(target)
    await this.window.keyboard.press(key)
  }

  async type(field: Locator, text: string): Promise<void> {
    await this.reach(field)
    await this.window.keyboard.press('ControlOrMeta+A')
    await this.window.keyboard.type(text)
    await expect(field).toHaveValue(text)
  }

  /** Goes through a group of radio buttons with the arrow keys until one is chosen. */
  async choose(option: Locator, key: 'ArrowDown' | 'ArrowUp' = 'ArrowDown'): Promise<void> {
    for (let press = 0; press < MOST_OPTIONS; press += 1) {
      if (await this.isOn(option)) return await expect(option).toBeChecked()
      await this.window.keyboard.press(key)
      await this.isShown()
    }
    throw new Error(`The arrow keys do not lead to ${String(option)}`)
  }

  button(name: string | RegExp): Locator {
    return this.window.getByRole('button', { name, exact: typeof name === 'string' })
  }

  isOn(target: Locator): Promise<boolean> {
    return target.evaluate((element) => element === document.activeElement)
  }

  // Around what has the focus, or around the field or row that it belongs to. After the last stop the page has it.
  async isShown(): Promise<void> {
    const hidden = await this.window.evaluate((levels) => {
      let at = document.activeElement
      if (at === null || at === document.body) return null
      const name = `${at.tagName} “${at.getAttribute('aria-label') ?? at.textContent.slice(0, 40)}”`
      // Where focus is moved for screen readers, and nothing can be pressed.
      if (at.tagName === 'H1') return null
      for (let level = 0; level < levels && at !== null; level += 1) {
        const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(at)
        const isDrawn = outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2
        if (isDrawn && outlineColor !== 'rgba(0, 0, 0, 0)') return null
        at = at.parentElement
      }
      return name
    }, 3)
    expect(hidden, 'Nothing shows where the focus is').toBeNull()
  }
}

const MOST_STOPS = 80
const MOST_OPTIONS = 8
