import {
  createContext,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useState,
  useSyncExternalStore,
  type ReactNode,
} from 'react'
import type { Bridge, Environment } from '../core/bridge/contract.ts'
import { StateFollower } from '../core/bridge/state-feed.ts'
import type { UserEvent } from '../core/onboarding/events.ts'
import type { OnboardingState } from '../core/onboarding/state.ts'

/** The state as the main process last told it. */
export interface StateStore {
  readonly get: () => OnboardingState
  readonly subscribe: (listener: () => void) => () => void
}

/** Tells when the shell has refused to open a link, as it does with most of them in the practice world. */
interface LinkRefusals {
  readonly tell: () => void
  readonly subscribe: (listener: () => void) => () => void
}

interface Shell {
  readonly bridge: Bridge
  readonly environment: Environment
  readonly store: StateStore
  readonly refusals: LinkRefusals
}

const ShellContext = createContext<Shell | null>(null)

/** Asks for what the first paint needs, and keeps the state up to date from then on. */
export async function openShell(bridge: Bridge): Promise<Shell> {
  const listeners = new Set<() => void>()
  const follower = new StateFollower()
  const first = new Promise<OnboardingState>((resolve) => {
    bridge.onChange((change) => {
      if (!follower.take(change)) {
        // Before the first whole there is nothing to miss.
        if (follower.state !== null) void bridge.follow()
        return
      }
      if (follower.state !== null) resolve(follower.state)
      for (const listener of listeners) listener()
    })
  })
  const [whole, environment] = await Promise.all([first, bridge.getEnvironment(), bridge.follow()])
  const store: StateStore = {
    get: () => follower.state ?? whole,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
  }
  return { bridge, environment, store, refusals: linkRefusals() }
}

function linkRefusals(): LinkRefusals {
  const target = new EventTarget()
  return {
    tell: () => target.dispatchEvent(new Event('refused')),
    subscribe: (listener) => {
      target.addEventListener('refused', listener)
      return () => target.removeEventListener('refused', listener)
    },
  }
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

/** True for `ms` milliseconds after the shell has refused to open a link. */
export function useLinkRefused(ms: number): boolean {
  const { refusals } = useShell()
  const [isRefused, setRefused] = useState(false)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const unsubscribe = refusals.subscribe(() => {
      clearTimeout(timer)
      setRefused(true)
      timer = setTimeout(() => setRefused(false), ms)
    })
    return () => {
      clearTimeout(timer)
      unsubscribe()
    }
  }, [refusals, ms])
  return isRefused
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
  readonly saveManifest: Bridge['saveManifest']
  readonly findInstitutions: Bridge['findInstitutions']
  readonly readPicture: Bridge['readPicture']
}

/** The shell's actions; the object is the same for as long as the bridge is. */
export function useActions(): Actions {
  const { bridge, refusals } = useShell()
  const run = useCallback((call: Promise<unknown>) => {
    call.catch((error: unknown) => console.error('The shell refused a call', error))
  }, [])
  return useMemo(
    () => ({
      send: (event) => run(bridge.send(event)),
      openExternal: (link) => run(bridge.openExternal(link).then((isOpen) => isOpen || refusals.tell())),
      copyText: (text) => run(bridge.copyText(text)),
      saveReport: bridge.saveReport,
      saveManifest: bridge.saveManifest,
      findInstitutions: bridge.findInstitutions,
      readPicture: bridge.readPicture,
    }),
    [bridge, refusals, run],
  )
}
