import { writeFileSync } from 'node:fs'
import { PNG } from 'pngjs'
import { encode, renderSVG } from 'uqr'
import type { RoomAddress } from '../core/addresses/room-address.ts'
import type { Manifest } from '../core/communities/read-manifest.ts'
import { foyerUri, MAX_LINK, pageLink, type CommunityLink } from '../core/links/community-link.ts'
import { Failure, systemCodeOf } from './failure.ts'
import type { LinkOptions, LinkParts, PageOptions } from './link-arguments.ts'
import { communityPage, matrixToLink } from './pages/community-page.ts'
import { readSource } from './source.ts'

/** `foyer link`: what to print, a link a line. Throws a `Failure` where no link can be made. */
export function makeLink(options: LinkOptions): string {
  const link = linkTo(readPlace(options.community), options)
  const links = [...(options.pageUrl === null ? [] : [pageLink(link, options.pageUrl)]), foyerUri(link)]
  const [first = ''] = links
  if (first.length > MAX_LINK) throw new Failure('usage', 'The link would be too long to survive a chat.')
  if (options.qrPath !== null) write(options.qrPath, qrCode(first, options.qrPath))
  const plain = link.target.kind === 'room' ? [matrixToLink(link.target)] : []
  return [...links, ...plain, ''].join('\n')
}

/** `foyer page`: what to print, which is nothing when the page went into a file. */
export function makePage(options: PageOptions): string {
  const source = readSource(options.community)
  if (source.kind !== 'manifest')
    throw new Failure('usage', 'A page needs a manifest; “foyer import” makes one from the page you have.')
  const { manifest } = source
  const link = linkTo(placeOf(manifest), options)
  const html = communityPage(manifest, { link, downloadUrl: options.downloadUrl })
  if (options.outPath === null) return html
  write(options.outPath, html)
  return ''
}

function linkTo(place: RoomAddress | null, parts: LinkParts): CommunityLink {
  const { manifestUrl, homeserver, token, preset } = parts
  if (manifestUrl !== null)
    return { target: { kind: 'manifest', url: manifestUrl }, homeserver, token, preset }
  if (place === null)
    throw new Failure(
      'usage',
      'This community has no space to lead to. Put its manifest on the web, and say where with --manifest.',
    )
  const { address, via } = place
  return { target: { kind: 'room', address, via }, homeserver, token, preset }
}

function placeOf({ space, rooms }: Manifest): RoomAddress | null {
  return space ?? (rooms.length === 1 ? rooms[0] : undefined) ?? null
}

function readPlace(community: string): RoomAddress | null {
  const source = readSource(community)
  return source.kind === 'link' ? source.link : placeOf(source.manifest)
}

function qrCode(text: string, path: string): string | Buffer {
  if (path.toLowerCase().endsWith('.svg')) return renderSVG(text, { ecc: 'M', border: 4 })
  const { data, size } = encode(text, { ecc: 'M', border: 4 })
  const scale = 8
  const png = new PNG({ width: size * scale, height: size * scale, colorType: 0 })
  for (let y = 0; y < png.height; y++) {
    for (let x = 0; x < png.width; x++) {
      const isDark = data[Math.floor(y / scale)]?.[Math.floor(x / scale)] === true
      png.data.fill(isDark ? 0 : 255, (y * png.width + x) * 4, (y * png.width + x) * 4 + 3)
      png.data[(y * png.width + x) * 4 + 3] = 255
    }
  }
  return PNG.sync.write(png, { colorType: 0 })
}

function write(path: string, content: string | Buffer): void {
  try {
    writeFileSync(path, content)
  } catch (error) {
    throw new Failure('usage', `${path} can’t be written (${systemCodeOf(error)}).`)
  }
}
