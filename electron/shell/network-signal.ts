import { net, powerMonitor } from 'electron'

/** How often the system is asked whether there is a network. Asking costs nothing: no request goes out. */
const LOOK_EVERY = 3_000

/** Calls back when the computer has woken up, and when the system says that the network is back. */
export function onNetworkBack(callBack: () => void): void {
  let wasOnline = net.isOnline()
  setInterval(() => {
    const isOnline = net.isOnline()
    if (isOnline && !wasOnline) callBack()
    wasOnline = isOnline
  }, LOOK_EVERY).unref()
  powerMonitor.on('resume', callBack)
}
