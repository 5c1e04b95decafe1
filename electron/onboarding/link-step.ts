import {
  communityFromAddress,
  communityFromManifest,
  withHomeserverFirst,
  type Community,
} from '../../core/communities/community.ts'
import { mimickedBy } from '../../core/communities/look-alikes.ts'
import type { Manifest } from '../../core/communities/read-manifest.ts'
import { readManifestText } from '../../core/communities/manifest-text.ts'
import type { RoomAddress } from '../../core/addresses/room-address.ts'
import { isSiteManifest, parseCommunityLink, type CommunityLink } from '../../core/links/community-link.ts'
import { readLinkFile } from '../../core/links/link-file.ts'
import type { LinkHints, WelcomeState } from '../../core/onboarding/state.ts'
import { getPublicPage } from '../../matrix/http/public-page.ts'
import type { Pass } from './pass.ts'
import { lookUpRoom } from './preview-flow.ts'

type Failure = Extract<WelcomeState['link'], { kind: 'failed' }>['reason']

/** Shows a community for the first time, with what the link to it suggests. Nothing is joined by this. */
export function openCommunity(
  pass: Pass,
  found: Community,
  link: Omit<CommunityLink, 'target'> | null = null,
): void {
  const community = { ...found, mimics: mimickedBy(found, pass.ports.manifests) }
  const at = pass.ports.clock.wall()
  pass.linkToken = link?.token ?? null
  if (link === null || (link.homeserver === null && link.token === null && link.preset === null))
    return pass.dispatch({ type: 'communityOpened', community, at })
  const { homeserver, preset, token } = link
  const hints: LinkHints = { homeserver, preset, hasToken: token !== null }
  const shown = homeserver === null ? community : withHomeserverFirst(community, homeserver)
  pass.dispatch({ type: 'communityOpened', community: shown, at, hints })
}

/** Opens the bundled community of this ID; none is a bug of the screens and changes nothing. */
export function openBundled(pass: Pass, id: string): void {
  const manifest = pass.ports.manifests.find((each) => each.id === id)
  if (manifest !== undefined) openCommunity(pass, bundled(manifest))
}

/** Opens whatever a pasted link or address leads to, or says why it doesn't. */
export async function openLink(pass: Pass, text: string): Promise<void> {
  const link = parseCommunityLink(text)
  if (link.ok) return follow(pass, link.value)
  refuse(pass, link.reason === 'person' ? 'person' : 'badLink')
}

/** Opens what a file holds: a link, or a community's manifest. */
export async function openLinkFile(pass: Pass, text: string): Promise<void> {
  const file = readLinkFile(text)
  if (!file.ok) return refuse(pass, 'badFile')
  const { value } = file
  if (value.kind === 'link') return follow(pass, value.link)
  openCommunity(pass, communityFromManifest(value.manifest), value.link)
}

function bundled(manifest: Manifest): Community {
  return { ...communityFromManifest(manifest), source: { kind: 'bundled', id: manifest.id } }
}

async function follow(pass: Pass, link: CommunityLink): Promise<void> {
  const { stepSignal: signal } = pass
  const found =
    link.target.kind === 'room' ? await atAddress(pass, link.target) : await atUrl(pass, link.target.url)
  if (signal.aborted) return
  if (typeof found === 'string') return refuse(pass, found)
  openCommunity(pass, found, link)
}

async function atAddress(pass: Pass, { address, via }: RoomAddress): Promise<Community | Failure> {
  const { ports, stepSignal } = pass
  const known = ports.manifests.find((each) => each.space?.address === address)
  if (known !== undefined) return bundled(known)
  const facts = await lookUpRoom(ports.strangers, { address, via }, ['matrix.org'], new Map(), stepSignal)
  if (facts.sight === 'seen') return communityFromAddress({ address, via }, facts)
  return facts.sight === 'asking' ? 'unreachable' : facts.sight
}

async function atUrl({ ports, stepSignal }: Pass, url: string): Promise<Community | Failure> {
  const { strangers, resolveHost } = ports
  const page = await getPublicPage(strangers.fetch, resolveHost, url, 'application/json, */*', stepSignal)
  if (!page.ok && page.reason === 'private') return 'badLink'
  if (!page.ok && page.reason === 'unreachable') return 'unreachable'
  if (!page.ok && page.reason === 'tooLarge') return 'badFile'
  const manifest = page.ok ? readManifestText(page.value) : null
  if (manifest?.ok) return { ...communityFromManifest(manifest.value), source: { kind: 'page', url } }
  // Whoever typed a website's name was given neither a file nor a link.
  if (isSiteManifest(url)) return 'noCommunity'
  return manifest === null ? 'missing' : 'badFile'
}

function refuse(pass: Pass, reason: Failure): void {
  pass.dispatch({ type: 'linkLookedUp', link: { kind: 'failed', reason } })
}
