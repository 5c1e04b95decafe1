import { memo, useDeferredValue, useMemo, useState } from 'react'
import { lookAlikes } from '../../core/communities/look-alikes.ts'
import type { JoiningState, JoinLine } from '../../core/onboarding/state.ts'
import { bySection, doorOfLine } from '../hall/picture.ts'
import { sectionNames } from '../i18n/section-name.ts'
import { useWords } from '../i18n/words.tsx'
import { Button } from '../parts/Button.tsx'
import { Door } from '../parts/Door.tsx'
import { Title } from '../parts/Floor.tsx'
import { LongList } from '../parts/LongList.tsx'
import { Blank } from '../parts/Notice.tsx'
import { SearchField } from '../parts/SearchField.tsx'
import { statusOf } from './Aware.tsx'
import { Tally } from './Tally.tsx'

/** From so many rooms on they can be searched. */
const MANY = 50

/** Every room with its status, section by section. */
export function AllRooms({ state }: { readonly state: JoiningState }) {
  const { t, say } = useWords()
  const [query, setQuery] = useState('')
  const { community, progress } = state
  const nextKey = progress.phase === 'running' ? progress.nextKey : null
  const rooms = useMemo(() => new Map(community.rooms.map((room) => [room.key, room])), [community])
  const alike = lookAlikes(community.rooms)
  const words = query.trim().toLowerCase()
  // Changes come ten times a second while joining; sorting thousands of rooms goes behind scrolling through them.
  const lines = useDeferredValue(progress.lines)
  const found = useMemo(
    () => (words === '' ? lines : lines.filter((line) => line.name.toLowerCase().includes(words))),
    [lines, words],
  )
  const sections = useMemo(
    () => bySection(community, found, sectionNames(community.sections, t)),
    [community, found, t],
  )
  return (
    <>
      <Title text={t('joining.allRoomsTitle', { count: progress.lines.length })} />
      <Tally progress={progress} />
      {progress.lines.length > MANY && (
        <SearchField label={t('rooms.search')} value={query} onChange={setQuery} />
      )}
      {found.length === 0 && words !== '' && (
        <div className="section">
          <Blank
            door="empty"
            title={say('state.noMatch.title', { query: query.trim() })}
            action={
              <Button isSmall onPress={() => setQuery('')}>
                {t('state.noMatch.action')}
              </Button>
            }
          >
            {t('joining.noMatch')}
          </Blank>
        </div>
      )}
      {sections.map((section) => (
        <section className="section" key={section.id}>
          <div className="section-head">
            <h2>{section.name}</h2>
            <span className="small quiet">
              {t('app.countOf', {
                some: section.items.filter((line) => line.status === 'joined').length,
                count: section.items.length,
              })}
            </span>
          </div>
          <LongList items={section.items} keyOf={(line) => line.key} row="room is-line" height={48}>
            {(line) => (
              <LineRow
                line={line}
                label={rooms.get(line.key)?.label ?? null}
                address={alike.has(line.key) ? (rooms.get(line.key)?.address ?? null) : null}
                nextKey={line.key === nextKey ? nextKey : null}
              />
            )}
          </LongList>
        </section>
      ))}
    </>
  )
}

interface RowProps {
  readonly line: JoinLine
  readonly label: string | null
  /** Where its name looks like another's. */
  readonly address: string | null
  readonly nextKey: string | null
}

const LineRow = memo(function LineRow({ line, label, address, nextKey }: RowProps) {
  const { t, say } = useWords()
  return (
    <>
      <Door state={doorOfLine(line, nextKey)} />
      <div>
        <bdi className="room-name">{line.name || t('preview.private')}</bdi>
        {label !== null && label !== line.name && (
          <span className="room-hint">{say('app.pageSays', { label })}</span>
        )}
        {address !== null && <bdi className="room-address address">{address}</bdi>}
      </div>
      <div className="room-meta">{t(statusOf(line, nextKey))}</div>
    </>
  )
})
