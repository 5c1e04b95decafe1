import type { ReadPage } from '../../core/adding/page-state.ts'
import type { LeftOut as Passed } from '../../core/importing/import-page.ts'
import { plainLine } from '../../core/text/plain-text.ts'
import { useWords, type Key } from '../i18n/words.tsx'

const reasons = {
  person: 'adding.left.person',
  example: 'adding.left.example',
  broken: 'adding.left.broken',
  tooMany: 'adding.left.tooMany',
} as const satisfies Record<Passed['reason'], Key>

/** What looked like an address but was passed over, and why. Folded, as it is for those who miss something. */
export function LeftOut({ page }: { readonly page: ReadPage }) {
  const { t } = useWords()
  const { leftOut, leftOutCount } = page
  if (leftOutCount === 0) return null
  return (
    <details className="details section">
      <summary>{t('adding.left.title', { count: leftOutCount })}</summary>
      <ul>
        {leftOut.map(({ written, line, reason }) => (
          <li className="remark is-left" key={`${line} ${written}`}>
            <span>
              <bdi className="mono">{plainLine(written)}</bdi>
              <span className="room-topic">{t(reasons[reason])}</span>
            </span>
            <span className="room-meta">{t('adding.line', { line })}</span>
          </li>
        ))}
      </ul>
      {leftOutCount > leftOut.length && (
        <p className="hidden-rooms">{t('adding.moreRemarks', { count: leftOutCount - leftOut.length })}</p>
      )}
    </details>
  )
}
