import { memo, useEffect, useRef } from 'react'
import type { CommunityRoom } from '../../core/communities/community.ts'
import { isChoosable } from '../../core/onboarding/choice.ts'
import { useActions } from '../bridge.tsx'
import type { Section } from '../hall/picture.ts'
import { useWords } from '../i18n/words.tsx'
import { useFolded } from '../parts/Folded.tsx'
import { LongList } from '../parts/LongList.tsx'
import { RoomMeta, RoomText } from '../parts/RoomRow.tsx'

interface Props {
  readonly section: Section<CommunityRoom>
  readonly chosen: ReadonlySet<string>
  /** Keys of rooms that only their addresses tell apart. */
  readonly alike: ReadonlySet<string>
  /** While searching nothing folds, and the section's own box would promise more than it shows. */
  readonly isSearching: boolean
}

/** A section of rooms to tick, with one box for all of them where there are several. */
export const PickSection = memo(function PickSection({ section, chosen, alike, isSearching }: Props) {
  const { t } = useWords()
  const { send } = useActions()
  const [shown, more] = useFolded(section.items)
  const rooms = isSearching ? section.items : shown
  const keys = section.items.filter(isChoosable).map((room) => room.key)
  const count = keys.filter((key) => chosen.has(key)).length
  const hasBox = keys.length > 1 && !isSearching
  return (
    <section className="section">
      {hasBox ? (
        <div className="pick-head">
          <label className="tick">
            <Tick
              label={t('rooms.sectionPick', { section: section.name })}
              isOn={count === keys.length}
              isMixed={count > 0 && count < keys.length}
              onChange={(isOn) => send({ type: 'toggleRooms', keys, isOn })}
            />
            <h2 className="label">{section.name}</h2>
          </label>
          <span className="small quiet figure">
            {t('rooms.sectionCount', { chosen: count, count: section.items.length })}
          </span>
        </div>
      ) : (
        <div className="section-head">
          <h2>{section.name}</h2>
        </div>
      )}
      <LongList items={rooms} keyOf={(room) => room.key} height={70}>
        {(room) => <PickRow room={room} isChosen={chosen.has(room.key)} isAlike={alike.has(room.key)} />}
      </LongList>
      {!isSearching && more}
    </section>
  )
})

interface RowProps {
  readonly room: CommunityRoom
  readonly isChosen: boolean
  readonly isAlike: boolean
}

const PickRow = memo(function PickRow({ room, isChosen, isAlike }: RowProps) {
  const { send } = useActions()
  const isOff = !isChoosable(room)
  return (
    <label className={isOff ? 'room is-pick is-off' : 'room is-pick'}>
      <span className="tick">
        <input
          type="checkbox"
          checked={isChosen}
          disabled={isOff}
          onChange={(event) => send({ type: 'toggleRooms', keys: [room.key], isOn: event.target.checked })}
        />
      </span>
      <span>
        <RoomText room={room} isAlike={isAlike} />
      </span>
      <RoomMeta room={room} />
    </label>
  )
})

interface TickProps {
  readonly label: string
  readonly isOn: boolean
  readonly isMixed: boolean
  readonly onChange: (isOn: boolean) => void
}

function Tick({ label, isOn, isMixed, onChange }: TickProps) {
  const input = useRef<HTMLInputElement>(null)
  // HTML has no attribute for the mixed state, only this property.
  useEffect(() => {
    if (input.current !== null) input.current.indeterminate = isMixed
  }, [isMixed])
  return (
    <input
      type="checkbox"
      ref={input}
      aria-label={label}
      checked={isOn}
      onChange={(event) => onChange(isMixed || event.target.checked)}
    />
  )
}
