import type { Severity } from '../../core/checking/catalogue.ts'

/* What `foyer check` says beside its findings. */

/** “2 errors, 1 warning”, or that there is nothing. */
export function countsText(counts: Readonly<Record<Severity, number>>): string {
  const parts = (['error', 'warning', 'note'] as const).flatMap((severity) => {
    const count = counts[severity]
    return count === 0 ? [] : [`${count} ${severity}${count === 1 ? '' : 's'}`]
  })
  return parts.length === 0 ? 'nothing found' : parts.join(', ')
}

/** Where remedies are. */
export function docsOf(): string {
  return 'What each means, and what to do: docs/checks.md'
}

/** A moment as `2026-11-21 06:40`, in the machine's own time zone. */
export function shapeOfTime(at: number): string {
  const date = new Date(at)
  const two = (number: number): string => String(number).padStart(2, '0')
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-')
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`
}

/** For `--fix` on something that isn’t a manifest in a file. */
export function notMendedText(name: string): string {
  return `${name} stays as it is: only manifests in files can be mended. \`foyer import\` makes one of a page.\n`
}

/** While homeservers are asked. */
export function progressText(done: number, of: number): string {
  return `Looked at ${done} of ${of} rooms …`
}
