import { ipcMain, type BrowserWindow, type IpcMainInvokeEvent } from 'electron'
import type { z } from 'zod'
import { bridgeCallNames, channelOf, STATE_CHANNEL, type BridgeCallName } from '../../core/bridge/channels.ts'
import { bridgeCalls } from '../../core/bridge/contract.ts'

/** One function for each call of the contract. The argument has been validated when it arrives. */
export type BridgeHandlers = {
  readonly [Name in BridgeCallName]: (
    argument: z.infer<(typeof bridgeCalls)[Name]['argument']>,
  ) => z.infer<(typeof bridgeCalls)[Name]['result']> | Promise<z.infer<(typeof bridgeCalls)[Name]['result']>>
}

/**
 * Serves the bridge: the only place that registers IPC handlers. A call from anything but the main frame of a page
 * of our own scheme, or with an argument that doesn't fit its schema, is refused and logged without its content.
 */
export function serveBridge(
  handlers: BridgeHandlers,
  isOwnPage: (url: string) => boolean,
  log: (line: string) => void,
): void {
  for (const name of bridgeCallNames) {
    ipcMain.handle(channelOf(name), async (event, argument: unknown) => {
      if (!isTrusted(event, isOwnPage)) {
        log(`bridge: refused ${name} from an unknown sender`)
        throw new Error('Refused: unknown sender')
      }
      const parsed = bridgeCalls[name].argument.safeParse(argument)
      if (!parsed.success) {
        log(`bridge: refused ${name}, its argument doesn't fit`)
        throw new Error('Refused: the argument does not fit')
      }
      // The table pairs each schema with its handler; TypeScript can't follow a pairing through a loop.
      const handle = handlers[name] as (argument: unknown) => unknown
      return handle(parsed.data)
    })
  }
}

/** Tells a window of a change of the state; null is none. Does nothing once the window is gone. */
export function pushChange(window: BrowserWindow | null, change: string | null): void {
  if (change === null || window === null || window.isDestroyed()) return
  window.webContents.send(STATE_CHANNEL, change)
}

function isTrusted(event: IpcMainInvokeEvent, isOwnPage: (url: string) => boolean): boolean {
  const frame = event.senderFrame
  return frame !== null && frame === event.sender.mainFrame && isOwnPage(frame.url)
}
