import { memo, useEffect, useRef } from 'react'
import type { CommunityRoom } from '../../core/communities/community.ts'
import { isChoosable } from '../../core/onboarding/choice.ts'
import { useActions } from '../bridge.tsx'
import type { Section } from '../hall/picture.ts'
import { useWords } from '../i18n/words.tsx'
import { useFolds } from '../parts/Folded.tsx'
import { LongSections } from '../parts/LongSections.tsx'
import { RoomMeta, RoomText } from '../parts/RoomRow.tsx'

interface Props {
  readonly sections: readonly Section<CommunityRoom>[]
  readonly chosen: ReadonlySet<string>
  /** Keys of rooms that only their addresses tell apart. */
  readonly alike: ReadonlySet<string>
  /** While searching nothing folds, and a section's own box would promise more than it shows. */
  readonly isSearching: boolean
}

/** Sections of rooms to tick, each with one box for all of its rooms where there are several. */
export function PickSections({ sections, chosen, alike, isSearching }: Props) {
  const [folded, more] = useFolds(sections, { isOff: isSearching })
  return (
    <LongSections
      sections={folded}
      keyOf={keyOf}
      height={70}
      renderHead={(section) => <PickHead section={section} chosen={chosen} isSearching={isSearching} />}
      renderFoot={more}
    >
      {(room) => <PickRow room={room} isChosen={chosen.has(room.key)} isAlike={alike.has(room.key)} />}
    </LongSections>
  )
}

function keyOf(room: CommunityRoom): string {
  return room.key
}

interface HeadProps extends Pick<Props, 'chosen' | 'isSearching'> {
  readonly section: Section<CommunityRoom>
}

const PickHead = memo(function PickHead({ section, chosen, isSearching }: HeadProps) {
  const { t } = useWords()
  const { send } = useActions()
  const keys = section.items.filter(isChoosable).map((room) => room.key)
  const count = keys.filter((key) => chosen.has(key)).length
  if (keys.length < 2 || isSearching)
    return (
      <div className="section-head">
        <h2>{section.name}</h2>
      </div>
    )
  return (
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
