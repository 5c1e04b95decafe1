/** The description of a practice world, when Foyer was started in one (`--practice=<world.json>`). */
export function practiceWorldPath(argv: readonly string[]): string | null {
  const found = argv.find((argument) => argument.startsWith('--practice='))
  return found === undefined ? null : found.slice('--practice='.length)
}
