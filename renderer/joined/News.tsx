import type { Changes, Closing } from '../../core/joined/joined-community.ts'
import { useWords, type Key, type Words } from '../i18n/words.tsx'

/** Of more news than these only the number is told. */
const MOST_NAMED = 12

const closingWords = {
  gone: 'joined.gone',
  invite: 'joined.nowInvite',
  unlisted: 'joined.unlisted',
} as const satisfies Record<Closing, Key>

/** What is new, in one line: “4 new rooms, 2 moved, 1 closed”. */
export function newsLine({ added, moved, closed }: Changes, t: Words['t'], language: string): string {
  const parts = [
    ...(added.length === 0 ? [] : [t('joined.added', { count: added.length })]),
    ...(moved.length === 0 ? [] : [t('joined.moved', { count: moved.length })]),
    ...(closed.length === 0 ? [] : [t('joined.closed', { count: closed.length })]),
  ]
  return new Intl.ListFormat(language, { type: 'unit', style: 'short' }).format(parts)
}

interface Line {
  readonly key: string
  readonly name: string
  readonly what: Key
}

/** The rooms behind that line, each with what has become of it. */
export function News({ changes }: { readonly changes: Changes }) {
  const { t } = useWords()
  const lines: readonly Line[] = [
    ...changes.added.map(({ key, name }) => ({ key, name, what: 'joined.isNew' as const })),
    ...changes.moved.map(({ key, name }) => ({ key, name, what: 'joined.hasMoved' as const })),
    ...changes.closed.map(({ key, name, why }) => ({ key, name, what: closingWords[why] })),
  ]
  const more = lines.length - MOST_NAMED
  return (
    <details className="details">
      <summary className="small">{t('joined.which')}</summary>
      <ul className="yours-changes small">
        {lines.slice(0, MOST_NAMED).map(({ key, name, what }) => (
          <li key={`${what} ${key}`}>
            <bdi className="room-name">{name || t('preview.private')}</bdi>{' '}
            <span className="quiet">{t(what)}</span>
          </li>
        ))}
        {more > 0 && <li className="quiet">{t('joined.others', { count: more })}</li>}
      </ul>
    </details>
  )
}
