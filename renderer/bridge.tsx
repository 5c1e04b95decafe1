import { createContext, useCallback, useContext, useMemo, useSyncExternalStore, type ReactNode } from 'react'
import type { Bridge, Environment } from '../core/bridge/contract.ts'
import type { UserEvent } from '../core/onboarding/events.ts'
import type { OnboardingState } from '../core/onboarding/state.ts'

/** The state as the main process last told it. */
export interface StateStore {
  readonly get: () => OnboardingState
  readonly subscribe: (listener: () => void) => () => void
}

interface Shell {
  readonly bridge: Bridge
  readonly environment: Environment
  readonly store: StateStore
}

const ShellContext = createContext<Shell | null>(null)

/** Asks for what the first paint needs, and keeps the state up to date from then on. */
export async function openShell(bridge: Bridge): Promise<Shell> {
  const listeners = new Set<() => void>()
  let latest: OnboardingState | null = null
  // Subscribed before asking, so that a state pushed in between isn't lost.
  bridge.onState((state) => {
    latest = state
    for (const listener of listeners) listener()
  })
  const [first, environment] = await Promise.all([bridge.getState(), bridge.getEnvironment()])
  const store: StateStore = {
    get: () => latest ?? first,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
  }
  return { bridge, environment, store }
}

/** Hands the shell to the screens below. */
export function ShellProvider({ shell, children }: { readonly shell: Shell; readonly children: ReactNode }) {
  return <ShellContext value={shell}>{children}</ShellContext>
}

function useShell(): Shell {
  const shell = useContext(ShellContext)
  if (shell === null) throw new Error('No ShellProvider above')
  return shell
}

/** The current state. */
export function useOnboardingState(): OnboardingState {
  const { store } = useShell()
  return useSyncExternalStore(store.subscribe, store.get)
}

/** What the screens know of the machine. */
export function useEnvironment(): Environment {
  return useShell().environment
}

/** What a screen can ask of the shell. Failures are bugs, so they go to the log. */
export interface Actions {
  readonly send: (event: UserEvent) => void
  readonly openExternal: (link: string) => void
  readonly copyText: (text: string) => void
  readonly saveReport: Bridge['saveReport']
}

/** The shell's actions; the object is the same for as long as the bridge is. */
export function useActions(): Actions {
  const { bridge } = useShell()
  const run = useCallback((call: Promise<unknown>) => {
    call.catch((error: unknown) => console.error('The shell refused a call', error))
  }, [])
  return useMemo(
    () => ({
      send: (event) => run(bridge.send(event)),
      openExternal: (link) => run(bridge.openExternal(link)),
      copyText: (text) => run(bridge.copyText(text)),
      saveReport: bridge.saveReport,
    }),
    [bridge, run],
  )
}
