import { checkIds, checkOf, isOnline } from './catalogue.ts'

/** The documentation of all checks, Markdown. Each has its ID as heading, so that links to it stay. */
export function checksPage(): string {
  const section = (isOnServers: boolean): string[] =>
    checkIds
      .filter((id) => isOnline(id) === isOnServers)
      .flatMap((id) => {
        const { severity, title, about, remedy } = checkOf(id)
        return [`### ${id}`, `_${severity}_ · ${title}`, about, `**What to do:** ${remedy}`]
      })
  return (
    [
      '# Checks',
      '`npx foyer check` looks for these, in manifests and in communities’ pages. An **error** means that newcomers fail or that Foyer refuses the file; a **warning** is most likely a slip; a **note** is good to know. [cli/README.md](../cli/README.md) says how to run it, [page-traps.md](page-traps.md) what it finds on five communities’ pages.',
      '## In the file',
      ...section(false),
      '## On homeservers',
      'Asked for with `--from SERVER` or `--online`.',
      ...section(true),
    ].join('\n\n') + '\n'
  )
}
