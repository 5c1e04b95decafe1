import { defineConfig } from '@playwright/test'
import everywhere from '../../playwright.config.ts'

/** `npm run many`: figures of speed and memory, which belong to a computer that has nothing else to do. */
export default defineConfig({ ...everywhere, testDir: '.', testIgnore: [] })
