import { memo, useState } from 'react'
import type { FoundRoom } from '../../core/adding/page-state.ts'
import { useActions } from '../bridge.tsx'
import { useWords } from '../i18n/words.tsx'
import { Button, LinkButton } from '../parts/Button.tsx'
import type { Section } from '../hall/picture.ts'
import { useFolds } from '../parts/Folded.tsx'
import { LongSections } from '../parts/LongSections.tsx'
import { DraftField } from './DraftField.tsx'

/** Lines beyond these say nothing new. */
const MOST_LINES = 3

/** The sections of the page with their rooms, each to be taken out, named anew, or taken for the space. */
export function FoundRooms({ sections }: { readonly sections: readonly Section<FoundRoom>[] }) {
  const { t } = useWords()
  const [edited, setEdited] = useState<string | null>(null)
  const [folded, more] = useFolds(sections)
  return (
    <LongSections
      sections={folded}
      keyOf={keyOf}
      row="found-room"
      height={70}
      renderHead={(section) => (
        <div className="section-head">
          <h2>
            <bdi>{section.name}</bdi>
          </h2>
          {more(section) ?? (
            <span className="small quiet">{t('app.rooms', { count: section.items.length })}</span>
          )}
        </div>
      )}
    >
      {(room) => <FoundRow room={room} isEdited={edited === room.address} onEdit={setEdited} />}
    </LongSections>
  )
}

function keyOf(room: FoundRoom): string {
  return room.address
}

interface RowProps {
  readonly room: FoundRoom
  readonly isEdited: boolean
  readonly onEdit: (address: string | null) => void
}

const FoundRow = memo(function FoundRow({ room, isEdited, onEdit }: RowProps) {
  const { t } = useWords()
  const { send } = useActions()
  const { address, label, isOut } = room
  const title = label ?? address
  return (
    <>
      <div className="room is-pick">
        <label className="tick">
          <input
            type="checkbox"
            aria-label={t('adding.takeIn', { room: title })}
            checked={!isOut}
            onChange={(event) =>
              send({
                type: 'correctPage',
                correction: { kind: 'leaveOut', address, isOut: !event.target.checked },
              })
            }
          />
        </label>
        <span className={isOut ? 'is-out' : undefined}>
          <span className="room-line">
            <bdi className={label === null ? 'room-name mono' : 'room-name'}>{title}</bdi>
            {isOut && <span className="room-hint">{t('adding.out')}</span>}
          </span>
          {label !== null && (
            <span className="room-topic mono">
              <bdi>{address}</bdi>
            </span>
          )}
          <span className="room-topic small">
            {linesOf(room, t)}
            {room.purpose !== null && (
              <>
                {' · '}
                <bdi>{room.purpose}</bdi>
              </>
            )}
          </span>
        </span>
        <span className="room-meta">
          <LinkButton
            expanded={isEdited}
            label={t('adding.changeLabel', { room: title })}
            onPress={() => onEdit(isEdited ? null : address)}
          >
            {t('adding.change')}
          </LinkButton>
        </span>
      </div>
      {isEdited && (
        <div className="found-edit">
          <DraftField
            label={t('adding.label')}
            value={label ?? ''}
            most={200}
            isProse
            takesFocus
            hint={t('adding.labelHint')}
            onCancel={() => onEdit(null)}
            onDone={(text) => {
              send({ type: 'correctPage', correction: { kind: 'label', address, text } })
            }}
          />
          <div className="row">
            <Button isSmall onPress={() => onEdit(null)}>
              {t('adding.done')}
            </Button>
            <Button
              kind="text"
              isSmall
              onPress={() => send({ type: 'correctPage', correction: { kind: 'space', text: address } })}
            >
              {t('adding.isSpace')}
            </Button>
          </div>
        </div>
      )}
    </>
  )
})

function linesOf({ line, otherLines }: FoundRoom, t: ReturnType<typeof useWords>['t']): string {
  if (line === 0) return t('adding.typed')
  const others = otherLines.slice(0, MOST_LINES).join(', ')
  return others === '' ? t('adding.line', { line }) : t('adding.lines', { line, others })
}
