import { bridgeCallNames, type BridgeCallName } from '../../core/bridge/channels.ts'
import type { Bridge, Environment } from '../../core/bridge/contract.ts'
import { StateFeed } from '../../core/bridge/state-feed.ts'
import type { UserEvent } from '../../core/onboarding/events.ts'
import type { FoundInstitution } from '../../core/homeservers/search.ts'
import type { OnboardingState } from '../../core/onboarding/state.ts'

/** One call that a screen made. */
export interface RecordedCall {
  readonly name: BridgeCallName
  readonly argument: unknown
}

/** A bridge without a shell: it remembers what it was asked and shows what it is told to. */
export interface FakeBridge {
  readonly bridge: Bridge
  readonly calls: readonly RecordedCall[]
  /** The events sent so far, oldest first. */
  readonly sent: () => UserEvent[]
  /** Pushes a state, as the main process does. */
  readonly push: (state: OnboardingState) => void
}

const practiceless: Environment = { isPractice: false, version: '0.0.0', language: 'en', platform: 'linux' }

/** The test double of the bridge. Its functions are derived from the same names as the real one's. */
export function fakeBridge(
  initial: OnboardingState,
  environment: Partial<Environment> = {},
  institutions: readonly FoundInstitution[] = [],
): FakeBridge {
  const calls: RecordedCall[] = []
  const listeners = new Set<(change: string) => void>()
  const feed = new StateFeed()
  const tell = (change: string | null): void => {
    if (change !== null) for (const listener of listeners) listener(change)
  }
  const answers: Record<BridgeCallName, unknown> = {
    getState: initial,
    follow: undefined,
    getEnvironment: { ...practiceless, ...environment },
    send: undefined,
    openExternal: true,
    copyText: undefined,
    saveReport: '/home/ada/Downloads/foyer-report.txt',
    saveManifest: { kind: 'saved', path: '/home/ada/Documents/mathesar.foyer' },
    findInstitutions: institutions,
    readPicture: null,
  }
  const functions = Object.fromEntries(
    bridgeCallNames.map((name) => [
      name,
      (argument: unknown) => {
        calls.push({ name, argument })
        if (name === 'follow') tell(feed.whole(initial))
        return Promise.resolve(answers[name])
      },
    ]),
  )
  const onChange: Bridge['onChange'] = (listener) => {
    listeners.add(listener)
    return () => {
      listeners.delete(listener)
    }
  }
  return {
    bridge: { ...functions, onChange } as unknown as Bridge,
    calls,
    sent: () => calls.filter((call) => call.name === 'send').map((call) => call.argument as UserEvent),
    push: (state) => tell(feed.change(state)),
  }
}
