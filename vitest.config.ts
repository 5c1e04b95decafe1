import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

const node = { environment: 'node' } as const
/** Far more than any of them needs: a slow computer is no failure. */
const patience = { testTimeout: 60_000, expect: { poll: { timeout: 20_000 } } } as const

export default defineConfig({
  test: {
    projects: [
      {
        // Touches nothing but its own values, so that its files can share what they import.
        test: { ...node, name: 'core', ...patience, isolate: false, include: ['core/**/*.test.ts'] },
      },
      {
        test: {
          ...node,
          name: 'pure',
          ...patience,
          include: ['{matrix,electron,cli,practice,bench,setup,assets,test/faults}/**/*.test.ts'],
          exclude: ['**/*.world.test.ts'],
        },
      },
      {
        plugins: [react()],
        test: {
          name: 'screens',
          ...patience,
          environment: 'jsdom',
          include: ['renderer/**/*.test.{ts,tsx}'],
          setupFiles: ['renderer/testing/setup.ts'],
        },
      },
      {
        // Against real homeservers, which mostly wait for each other: two files at a time, also on a small machine.
        test: {
          ...node,
          name: 'world',
          include: ['{practice,matrix,electron,cli,test/faults}/**/*.world.test.ts'],
          ...patience,
          testTimeout: 120_000,
          // As for the journeys: real homeservers on a computer that may be busy.
          retry: 1,
          hookTimeout: 180_000,
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
