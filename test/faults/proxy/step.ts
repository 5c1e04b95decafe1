/** The requests that a pass consists of. */
export const steps = [
  'wellKnown',
  'versions',
  'login',
  'whoami',
  'summary',
  'directory',
  'hierarchy',
  'joinedRooms',
  'join',
  'tombstone',
  'knock',
  'logout',
] as const
export type Step = (typeof steps)[number]

const paths: readonly (readonly [RegExp, Step])[] = [
  [/^GET \/\.well-known\/matrix\/client$/, 'wellKnown'],
  [/^GET \/_matrix\/client\/versions$/, 'versions'],
  [/^POST \/_matrix\/client\/v3\/login$/, 'login'],
  [/^GET \/_matrix\/client\/v3\/account\/whoami$/, 'whoami'],
  [/^GET \/_matrix\/client\/(v1\/room_summary|unstable\/im\.nheko\.summary\/summary)\//, 'summary'],
  [/^GET \/_matrix\/client\/v3\/directory\/room\//, 'directory'],
  [/^GET \/_matrix\/client\/(v1|unstable\/org\.matrix\.msc2946)\/rooms\/[^/]+\/hierarchy$/, 'hierarchy'],
  [/^GET \/_matrix\/client\/v3\/joined_rooms$/, 'joinedRooms'],
  [/^POST \/_matrix\/client\/v3\/join\//, 'join'],
  [/^GET \/_matrix\/client\/v3\/rooms\/[^/]+\/state\/m\.room\.tombstone\/?$/, 'tombstone'],
  [/^POST \/_matrix\/client\/v3\/knock\//, 'knock'],
  [/^POST \/_matrix\/client\/v3\/logout$/, 'logout'],
]

/** Which step a request is, or null for any other. `path` is without its query. */
export function stepOf(method: string, path: string): Step | null {
  return paths.find(([pattern]) => pattern.test(`${method} ${path}`))?.[1] ?? null
}
