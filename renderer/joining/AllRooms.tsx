import { memo, useCallback, useDeferredValue, useMemo, useState } from 'react'
import { lookAlikes } from '../../core/communities/look-alikes.ts'
import type { Community } from '../../core/communities/community.ts'
import type { JoiningState, JoinLine } from '../../core/onboarding/state.ts'
import { bySection, doorOfLine } from '../hall/picture.ts'
import { sectionNames } from '../i18n/section-name.ts'
import { useWords } from '../i18n/words.tsx'
import { Button } from '../parts/Button.tsx'
import { Door } from '../parts/Door.tsx'
import { Title } from '../parts/Floor.tsx'
import { LongSections } from '../parts/LongSections.tsx'
import { Blank } from '../parts/Notice.tsx'
import { SearchField } from '../parts/SearchField.tsx'
import { useSame } from '../parts/use-same.ts'
import { statusOf } from './Aware.tsx'
import { Tally } from './Tally.tsx'

/** From so many rooms on they can be searched. */
const MANY = 50

/** Every room with its status, section by section. */
export function AllRooms({ state }: { readonly state: JoiningState }) {
  const { t } = useWords()
  const [typed, setTyped] = useState('')
  // Typing goes before searching in thousands of rooms.
  const query = useDeferredValue(typed)
  // Changes come ten times a second while joining; drawing them goes behind scrolling through thousands of rooms.
  const { community, progress } = useDeferredValue(state)
  const showAll = useCallback(() => setTyped(''), [])
  return (
    <>
      <Title text={t('joining.allRoomsTitle', { count: state.progress.lines.length })} />
      <Tally progress={state.progress} />
      {state.progress.lines.length > MANY && (
        <SearchField label={t('rooms.search')} value={typed} onChange={setTyped} />
      )}
      <Lines
        community={community}
        lines={progress.lines}
        nextKey={progress.phase === 'running' ? progress.nextKey : null}
        query={query}
        onShowAll={showAll}
      />
    </>
  )
}

interface LinesProps {
  readonly community: Community
  readonly lines: readonly JoinLine[]
  readonly nextKey: string | null
  readonly query: string
  readonly onShowAll: () => void
}

const Lines = memo(function Lines({ community, lines, nextKey, query, onShowAll }: LinesProps) {
  const { t, say } = useWords()
  const rooms = useMemo(() => new Map(community.rooms.map((room) => [room.key, room])), [community])
  const alike = lookAlikes(community.rooms)
  const words = query.trim().toLowerCase()
  // Of some moment or other: statuses change many times a second, and what is listed hardly ever does.
  const listed = useSame(lines, isListedAs)
  const places = useMemo(() => new Map(listed.map((line, place) => [line.key, place])), [listed])
  const asIs = useCallback(
    (line: JoinLine): JoinLine => lines[places.get(line.key) ?? -1] ?? line,
    [lines, places],
  )
  const found = useMemo(
    () => (words === '' ? listed : listed.filter((line) => line.name.toLowerCase().includes(words))),
    [listed, words],
  )
  const sections = useMemo(
    () =>
      bySection(community, found, sectionNames(community.sections, t)).map(({ items, ...section }) => ({
        ...section,
        shown: items,
      })),
    [community, found, t],
  )
  // Headings are drawn at every step of scrolling, with all of their rooms behind them.
  const joined = useMemo(
    () =>
      new Map(
        sections.map(({ id, shown }) => [id, shown.filter((line) => asIs(line).status === 'joined').length]),
      ),
    [sections, asIs],
  )
  return (
    <>
      {found.length === 0 && words !== '' && (
        <div className="section">
          <Blank
            door="empty"
            title={say('state.noMatch.title', { query: query.trim() })}
            action={
              <Button isSmall onPress={onShowAll}>
                {t('state.noMatch.action')}
              </Button>
            }
          >
            {t('joining.noMatch')}
          </Blank>
        </div>
      )}
      <LongSections
        sections={sections}
        keyOf={keyOf}
        row="room is-line"
        height={45}
        renderHead={({ id, name, shown }) => (
          <LineHead name={name} joined={joined.get(id) ?? 0} count={shown.length} />
        )}
      >
        {(line) => (
          <LineRow
            line={asIs(line)}
            label={rooms.get(line.key)?.label ?? null}
            address={alike.has(line.key) ? (rooms.get(line.key)?.address ?? null) : null}
            nextKey={line.key === nextKey ? nextKey : null}
          />
        )}
      </LongSections>
    </>
  )
})

function keyOf(line: JoinLine): string {
  return line.key
}

function isListedAs(line: JoinLine, other: JoinLine | undefined): boolean {
  return (
    line === other || (line.key === other?.key && line.name === other.name && line.section === other.section)
  )
}

interface HeadProps {
  readonly name: string
  readonly joined: number
  readonly count: number
}

const LineHead = memo(function LineHead({ name, joined, count }: HeadProps) {
  const { t } = useWords()
  return (
    <div className="section-head">
      <h2>{name}</h2>
      <span className="small quiet">{t('app.countOf', { some: joined, count })}</span>
    </div>
  )
})

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
