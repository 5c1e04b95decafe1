import { contextBridge, ipcRenderer } from 'electron'
import { bridgeCallNames, channelOf, STATE_CHANNEL } from '../core/bridge/channels.ts'
import type { OnboardingState } from '../core/onboarding/state.ts'

const calls = bridgeCallNames.map((name) => [
  name,
  (argument?: unknown): Promise<unknown> => ipcRenderer.invoke(channelOf(name), argument),
])

contextBridge.exposeInMainWorld('foyer', {
  ...Object.fromEntries(calls),
  onState: (listener: (state: OnboardingState) => void) => {
    const forward = (_event: unknown, state: OnboardingState): void => listener(state)
    ipcRenderer.on(STATE_CHANNEL, forward)
    return () => ipcRenderer.off(STATE_CHANNEL, forward)
  },
})
