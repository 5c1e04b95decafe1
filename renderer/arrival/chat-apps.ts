import { isAlias, viaServers, type RoomAddress } from '../../core/addresses/room-address.ts'
import { lobbyOf, type Community } from '../../core/communities/community.ts'
import type { Key } from '../i18n/words.tsx'

/** A Matrix app to go on in. */
export interface ChatApp {
  readonly id: string
  readonly name: Key
  readonly hint: Key
  /** Opens the app, where it can straight at the community. */
  readonly open: string
  /** Where to get it, for apps that come as a program too. */
  readonly get: string | null
}

/** Where the newcomer should land: the space, else the room for newcomers. Null where neither is known. */
export function landingOf(community: Community): RoomAddress | null {
  return community.space ?? lobbyOf(community)
}

/** A link that any Matrix app understands. */
export function matrixToLink(place: RoomAddress): string {
  return `https://matrix.to/#/${encodeURIComponent(place.address)}${query('via', place)}`
}

/** The same as a URI (MSC2312), for an app that is installed. */
export function matrixUri(place: RoomAddress): string {
  const kind = isAlias(place.address) ? 'r' : 'roomid'
  return `matrix:${kind}/${encodeURIComponent(place.address.slice(1))}${query('via', place)}`
}

/** The apps to choose from, the easiest one first. */
export function chatApps(community: Community): readonly ChatApp[] {
  const place = landingOf(community)
  const isSpace = community.space !== null
  return [
    {
      id: 'element',
      name: 'done.app.element',
      hint: 'done.app.elementHint',
      open: place === null ? 'https://app.element.io/' : elementLink(place),
      get: 'https://element.io/download',
    },
    {
      id: 'cinny',
      name: 'done.app.cinny',
      hint: 'done.app.cinnyHint',
      open: place === null ? 'https://app.cinny.in/' : cinnyLink(place, isSpace),
      get: 'https://cinny.in/#download',
    },
    {
      id: 'fluffy',
      name: 'done.app.fluffy',
      hint: 'done.app.fluffyHint',
      open: 'https://fluffychat.im/',
      get: null,
    },
    ...(place === null
      ? []
      : [
          {
            id: 'installed',
            name: 'done.app.installed',
            hint: 'done.app.installedHint',
            open: matrixUri(place),
            get: null,
          } as const,
        ]),
    {
      id: 'others',
      name: 'done.app.others',
      hint: 'done.app.othersHint',
      open: 'https://matrix.org/ecosystem/clients/',
      get: null,
    },
  ]
}

function elementLink(place: RoomAddress): string {
  return `https://app.element.io/#/room/${place.address}${query('via', place)}`
}

// Routes of Cinny's src/app/pages/paths.ts: `/:space/` and `/home/:room/?viaServers=a,b`.
function cinnyLink(place: RoomAddress, isSpace: boolean): string {
  const address = encodeURIComponent(place.address)
  if (isSpace) return `https://app.cinny.in/${address}/`
  const via = viaServers(place)
  const servers = via.length === 0 ? '' : `?viaServers=${encodeURIComponent(via.join(','))}`
  return `https://app.cinny.in/home/${address}/${servers}`
}

function query(name: string, place: RoomAddress): string {
  // An alias is resolved by its own server; only room IDs need to be told whom to ask.
  const via = isAlias(place.address) ? [] : viaServers(place)
  return via.length === 0 ? '' : `?${via.map((server) => `${name}=${encodeURIComponent(server)}`).join('&')}`
}
