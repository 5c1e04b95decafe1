import { memo } from 'react'
import { isRoomId, serverOf } from '../../core/addresses/room-address.ts'
import { isListed, roomTitle, type CommunityRoom } from '../../core/communities/community.ts'
import { languageName } from '../i18n/time.ts'
import { useWords, type Words } from '../i18n/words.tsx'
import { doorOfSight } from '../hall/picture.ts'
import { Door } from './Door.tsx'
import { Bones } from './Notice.tsx'

/** What to call a room on screen; rooms that nobody described are "a private room". */
export function titleOf(room: CommunityRoom, t: Words['t']): string {
  return roomTitle(room) || t('preview.private')
}

/** As many notes are shown at a room; more would bury it. */
const MOST_NOTES = 3

interface MetaProps {
  readonly room: CommunityRoom
}

interface TextProps extends MetaProps {
  /** Its name looks like another's, so that its address has to tell them apart. */
  readonly isAlike: boolean
}

/** Name, the page's label where it differs, the topic or the reason why there is none, and what is good to know. */
export function RoomText({ room, isAlike }: TextProps) {
  const { t, say, language } = useWords()
  const spoken = room.language === null ? null : languageName(room.language, language)
  const isRelabelled = room.label !== null && room.name !== null && room.label !== room.name
  const topic = aboutRoom(room, { t, say })
  return (
    <>
      <span className="room-line">
        <bdi className="room-name">{titleOf(room, t)}</bdi>
        {isRelabelled && (
          <span className="room-hint">{say('app.pageSays', { label: room.label ?? '' })}</span>
        )}
      </span>
      {isAlike && <bdi className="room-address address">{room.address}</bdi>}
      {topic !== null && <span className="room-topic">{topic}</span>}
      {(room.notes.length > 0 || spoken !== null) && (
        <span className="room-notes">
          {spoken !== null && <span>{t('preview.inLanguage', { language: spoken })}</span>}
          {room.notes.slice(0, MOST_NOTES).map((note) => (
            <bdi key={note}>{note}</bdi>
          ))}
        </span>
      )}
    </>
  )
}

function aboutRoom(room: CommunityRoom, { t, say }: Pick<Words, 't' | 'say'>): React.ReactNode {
  switch (room.sight) {
    case 'private':
      // On the page for all to see, so it is most likely for members of the community.
      return isListed(room) ? t('preview.membersWhy') : t('preview.privateWhy')
    case 'missing':
      return say('preview.missingWhy', { address: room.address })
    case 'unreachable':
      return say('preview.unreachableWhy', { server: serverFor(room) ?? t('app.itsServer') })
    case 'asking':
    case 'seen':
      return room.topic ?? room.purpose
  }
}

/** The server that can describe a room, as far as its address tells. */
export function serverFor(room: CommunityRoom): string | null {
  return isRoomId(room.address) ? (room.via[0] ?? null) : serverOf(room.address)
}

/** The word or number at the end of a room's row. */
export function RoomMeta({ room }: MetaProps) {
  const { t } = useWords()
  return <span className="room-meta">{metaOf(room, t)}</span>
}

function metaOf(room: CommunityRoom, t: Words['t']): string | null {
  if (room.isYours === true) return t('joined.yours')
  switch (room.sight) {
    case 'private':
      return t(isListed(room) ? 'preview.membersShort' : 'preview.privateShort')
    case 'missing':
      return t('preview.missingShort')
    case 'unreachable':
      return t('preview.unreachableShort')
    case 'asking':
      return null
    case 'seen':
      if (room.joinRule === 'invite') return t('preview.privateShort')
      if (room.joinRule === 'knock') return t('preview.knockShort')
      return room.members === null ? null : t('app.people', { count: room.members })
  }
}

interface RowProps {
  readonly room: CommunityRoom
  readonly isOffline: boolean
  readonly index: number
  readonly isAlike: boolean
}

/** A room as the preview lists it, in a row of class `room`. */
export const RoomRow = memo(function RoomRow({ room, isOffline, index, isAlike }: RowProps) {
  const { t } = useWords()
  return (
    <>
      <Door state={doorOfSight(room, isOffline)} />
      {room.sight === 'asking' ? (
        <Bones turn={index} name={room.label} />
      ) : (
        <div>
          <RoomText room={room} isAlike={isAlike} />
        </div>
      )}
      <RoomMeta room={room} />
      {room.sight === 'asking' && room.label === null && (
        <span className="aside-text">{titleOf(room, t)}</span>
      )}
    </>
  )
})
