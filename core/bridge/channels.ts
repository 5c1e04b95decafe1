/**
 * Names of every call over the bridge. Apart from the contract, so that the sandboxed preload can list them without
 * carrying the schemas along; the contract does not compile when the two differ.
 */
export const bridgeCallNames = [
  'getState',
  'follow',
  'getEnvironment',
  'send',
  'openExternal',
  'copyText',
  'saveReport',
  'saveManifest',
  'findInstitutions',
  'readPicture',
] as const
export type BridgeCallName = (typeof bridgeCallNames)[number]

/** The IPC channel of a call. */
export function channelOf(name: BridgeCallName): string {
  return `foyer:${name}`
}

/** The IPC channel on which main tells of the state, by a `StateFeed`. */
export const STATE_CHANNEL = 'foyer:state'
