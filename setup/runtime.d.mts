/** What the set-up leaves behind; null: not installed by the modes run so far (`live` needs no Python, for instance). */
export interface InstalledRuntime {
  /** The folder Electron was unpacked to; `electronDist` for electron-builder. */
  readonly electronDist: string | null
  /** The executable. */
  readonly electron: string | null
  readonly electronVersion: string | null
  /** The older Electron from the package registry: to start and test with, never to release. */
  readonly isFallback: boolean
  /** The Python that has Synapse: `<python> -m synapse.app.homeserver`. */
  readonly python: string | null
}

/** InstalledRuntime, and what is only known at the moment of asking. */
export interface Runtime extends InstalledRuntime {
  /** False on Linux without a display, or with FOYER_HEADLESS=1: then scripts/with-display.ts is needed. */
  readonly hasDisplay: boolean
}

/** The repository's top folder, with a slash at its end. */
export const repository: string
/** Throws one sentence when the set-up has not run. */
export function readRuntime(): Runtime
export function writeRuntime(installed: InstalledRuntime): void
export function hasDisplay(env?: NodeJS.ProcessEnv): boolean
/** True for root: Electron must then get --no-sandbox. */
export function needsNoSandbox(): boolean
