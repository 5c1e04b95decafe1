import { Option, type Command } from 'commander'
import { readParts } from '../core/links/community-link.ts'

/** What a link carries beside the community; checked already. */
export interface LinkParts {
  /** Where the manifest is on the web; then the link leads there instead of to the space. */
  readonly manifestUrl: string | null
  readonly homeserver: string | null
  readonly token: string | null
  readonly preset: string | null
}

/** What `foyer link` is to do. */
export interface LinkOptions extends LinkParts {
  /** A manifest's path, a bundled community's name, or any link to a space or room. */
  readonly community: string
  /** A page of the community's, where the link is to lead. */
  readonly pageUrl: string | null
  /** Where to draw the QR code: a path that ends in .svg or .png. */
  readonly qrPath: string | null
}

/** What `foyer page` is to do. */
export interface PageOptions extends LinkParts {
  /** A manifest's path, or a bundled community's name. */
  readonly community: string
  /** Null for standard output. */
  readonly outPath: string | null
  readonly downloadUrl: string | null
}

interface RawParts {
  readonly manifest?: string
  readonly homeserver?: string
  readonly token?: string
  readonly preset?: string
}

/** Adds `foyer link` to the program; `choose` gets what it is to do. */
export function defineLink(program: Command, choose: (options: LinkOptions) => void): void {
  const link = withParts(
    program
      .command('link')
      .description('Make one link that takes newcomers into a community.')
      .argument('<community>', 'a manifest file, a bundled community, or any link to a space or room'),
  )
    .option('--page <url>', 'a page of yours that the link leads to, https://…')
    .option('--qr <file>', 'draw the link as a QR code, into a .svg or .png file')
    .action((community: string, raw: RawParts & { page?: string; qr?: string }) => {
      const refuse = (problem: string): never => link.error(`error: ${problem}`)
      if (raw.page !== undefined && !isWebPage(raw.page))
        refuse(`--page ${raw.page} is not an address that begins with https://`)
      if (raw.qr !== undefined && !/\.(svg|png)$/i.test(raw.qr))
        refuse(`--qr ${raw.qr} ends in neither .svg nor .png`)
      const parts = checkedParts(raw, refuse)
      choose({ community, ...parts, pageUrl: raw.page ?? null, qrPath: raw.qr ?? null })
    })
}

/** Adds `foyer page` to the program; `choose` gets what it is to do. */
export function definePage(program: Command, choose: (options: PageOptions) => void): void {
  const page = withParts(
    program
      .command('page')
      .description('Write a web page for a community: one file, for any web space.')
      .argument('<manifest>', 'a manifest file, or the name of a bundled community'),
  )
    .option('-o, --out <file>', 'where to write it (default: standard output)')
    .option('--download <url>', 'where newcomers get Foyer, https://…')
    .action((community: string, raw: RawParts & { out?: string; download?: string }) => {
      const refuse = (problem: string): never => page.error(`error: ${problem}`)
      if (raw.download !== undefined && !isWebPage(raw.download))
        refuse(`--download ${raw.download} is not an address that begins with https://`)
      const parts = checkedParts(raw, refuse)
      choose({ community, ...parts, outPath: raw.out ?? null, downloadUrl: raw.download ?? null })
    })
}

function withParts(command: Command): Command {
  return command
    .option('--manifest <url>', 'where the manifest is on the web; the link then leads there')
    .option('--homeserver <server>', 'the homeserver to suggest first')
    .option('--token <token>', 'a registration token of that homeserver; whoever has the link can use it')
    .addOption(
      new Option('--preset <preset>', 'the rooms to begin with: suggested, all, lobby, or one of yours'),
    )
}

function checkedParts(raw: RawParts, refuse: (problem: string) => never): LinkParts {
  const { homeserver: server, manifest, token, preset } = raw
  if (manifest !== undefined && !readParts({ join: manifest }).ok)
    refuse(`--manifest ${manifest} is not an address that begins with https://`)
  const names = { server: '--homeserver', token: '--token', preset: '--preset' } as const
  for (const [part, name] of Object.entries(names)) {
    const value = { server, token, preset }[part]
    if (value !== undefined && !readParts({ join: '#any:example.org', [part]: value }).ok)
      refuse(`${name} ${value} can’t be right`)
  }
  return {
    manifestUrl: manifest ?? null,
    homeserver: server?.toLowerCase() ?? null,
    token: token ?? null,
    preset: preset ?? null,
  }
}

function isWebPage(text: string): boolean {
  return URL.canParse(text) && new URL(text).protocol === 'https:'
}
