import { contextBridge, ipcRenderer } from 'electron'
import { bridgeCallNames, channelOf, STATE_CHANNEL } from '../core/bridge/channels.ts'

const calls = bridgeCallNames.map((name) => [
  name,
  (argument?: unknown): Promise<unknown> => ipcRenderer.invoke(channelOf(name), argument),
])

contextBridge.exposeInMainWorld('foyer', {
  ...Object.fromEntries(calls),
  onChange: (listener: (change: string) => void) => {
    const forward = (_event: unknown, change: string): void => listener(change)
    ipcRenderer.on(STATE_CHANNEL, forward)
    return () => ipcRenderer.off(STATE_CHANNEL, forward)
  },
})
