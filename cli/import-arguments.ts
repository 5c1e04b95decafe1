import { InvalidArgumentError, type Command } from 'commander'
import { parseHomeserverInput } from '../core/addresses/homeserver-input.ts'

/** What `foyer import` is to do. */
export interface ImportOptions {
  /** A file, an address that begins with https://, or `-` for standard input. */
  readonly page: string
  /** Null for standard output. */
  readonly outPath: string | null
  /** Homeservers to ask for what the page leaves out. */
  readonly from: readonly string[]
  readonly proxy: string | null
  readonly caPath: string | null
}

interface RawOptions {
  readonly out?: string
  readonly from?: string[]
  readonly proxy?: string
  readonly ca?: string
}

/** Adds `foyer import` to the program; `choose` gets what it is to do. */
export function defineImport(program: Command, choose: (options: ImportOptions) => void): void {
  const command = program
    .command('import')
    .description('Make a manifest of the page on which a community lists its rooms.')
    .argument(
      '<page>',
      'a file (Markdown, HTML, MediaWiki, reStructuredText, AsciiDoc), an https address, or -',
    )
    .option('-o, --out <file>', 'write the manifest here instead of to standard output')
    .option(
      '--from <server>',
      'ask this homeserver for names, topics and join rules; may be repeated',
      addServer,
    )
    .option('--proxy <url>', 'go through this HTTP proxy')
    .option('--ca <file>', 'trust these certificate authorities too (PEM)')
    .action((page: string, { out, from = [], proxy, ca }: RawOptions) => {
      if (/^[a-z]+:\/\//i.test(page) && !/^https:\/\//i.test(page))
        command.error(`error: ${page} is not an address that begins with https://`)
      if (proxy !== undefined && !/^https?:\/\/[^/]/.test(proxy))
        command.error(`error: --proxy ${proxy} is not an address such as http://proxy.example:3128`)
      choose({ page, outPath: out ?? null, from, proxy: proxy ?? null, caPath: ca ?? null })
    })
}

/** Takes the name of one more homeserver, for options that may be repeated. */
export function addServer(text: string, before: readonly string[] = []): string[] {
  const server = parseHomeserverInput(text)
  if (!server.ok) throw new InvalidArgumentError('It is not a server’s name or address.')
  return [...new Set([...before, server.value.serverName])]
}
