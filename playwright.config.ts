import { defineConfig } from '@playwright/test'

export default defineConfig({
  testDir: 'test',
  testMatch: '**/*.spec.ts',
  // Measured by a command of their own: npm run many.
  testIgnore: 'many/**',
  outputDir: 'test-results',
  // Each journey has its own profile and its own newcomer; the practice world is shared by a worker's journeys.
  workers: 2,
  timeout: 120_000,
  expect: { timeout: 40_000 },
  reporter: [['list'], ['json', { outputFile: 'test-results/results.json' }]],
  // Real homeservers on a busy computer: one more try, and the test run says how many needed it.
  retries: 1,
})
