import type { Command } from 'commander'

/** What `foyer import` is to do. */
export interface ImportOptions {
  /** A file, an address that begins with https://, or `-` for standard input. */
  readonly page: string
  /** Null for standard output. */
  readonly outPath: string | null
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
    .action((page: string, raw: { out?: string }) => {
      if (/^[a-z]+:\/\//i.test(page) && !/^https:\/\//i.test(page))
        command.error(`error: ${page} is not an address that begins with https://`)
      choose({ page, outPath: raw.out ?? null })
    })
}
