import type { MatrixClient } from 'matrix-js-sdk'
import { isAlias } from '../../core/addresses/room-address.ts'
import { readManifestText } from '../../core/communities/manifest-text.ts'
import type { Manifest } from '../../core/communities/read-manifest.ts'
import { readSpaceManifest, SPACE_MANIFEST } from '../../core/communities/space-manifest.ts'
import { Tempo, type Pauses } from '../http/tempo.ts'

/** GETs a text from the web whose address a stranger chose; null where there is none. */
export type GetPage = (url: string) => Promise<string | null>

/**
 * The manifest that stands in a space, as far as the homeserver shows it to this account: to members, and to anybody
 * where the space is world-readable and the homeserver takes part in it. Null where there is none, and for one that
 * names another space than the one it stands in.
 */
export async function askSpaceManifest(
  client: MatrixClient,
  spaceId: string,
  pauses: Pauses,
  getPage: GetPage,
): Promise<Manifest | null> {
  const tempo = new Tempo(pauses)
  const content: unknown = await tempo.ask(() => client.getStateEvent(spaceId, SPACE_MANIFEST, ''))
  const found = readSpaceManifest(content)
  if (found === null) return null
  const manifest = found.kind === 'manifest' ? found.manifest : await manifestAt(found.url, getPage)
  if (!manifest?.space) return null
  const { address } = manifest.space
  if (!isAlias(address)) return address === spaceId ? manifest : null
  const place = await tempo.ask(() => client.getRoomIdForAlias(address))
  return place?.room_id === spaceId ? manifest : null
}

async function manifestAt(url: string, getPage: GetPage): Promise<Manifest | null> {
  const text = await getPage(url)
  const manifest = text === null ? null : readManifestText(text)
  return manifest?.ok ? manifest.value : null
}
