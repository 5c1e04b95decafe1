import { memo } from 'react'
import { isRoomId, serverOf } from '../../core/addresses/room-address.ts'
import { isListed, roomTitle, type CommunityRoom } from '../../core/communities/community.ts'
import { useWords, type Words } from '../i18n/words.tsx'
import { doorOfSight } from '../hall/picture.ts'
import { Door } from './Door.tsx'
import { Bones } from './Notice.tsx'

/** What to call a room on screen; rooms that nobody described are "a private room". */
export function titleOf(room: CommunityRoom, t: Words['t']): string {
  return roomTitle(room) || t('preview.private')
}

interface TextProps {
  readonly room: CommunityRoom
}

/** Name, the page's label where it differs, and the topic or the reason why there is none. */
export function RoomText({ room }: TextProps) {
  const { t, say } = useWords()
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
      {topic !== null && <span className="room-topic">{topic}</span>}
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
export function RoomMeta({ room }: TextProps) {
  const { t } = useWords()
  return <span className="room-meta">{metaOf(room, t)}</span>
}

function metaOf(room: CommunityRoom, t: Words['t']): string | null {
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
}

/** A room as the preview lists it, in a row of class `room`. */
export const RoomRow = memo(function RoomRow({ room, isOffline, index }: RowProps) {
  const { t } = useWords()
  return (
    <>
      <Door state={doorOfSight(room, isOffline)} />
      {room.sight === 'asking' ? (
        <Bones turn={index} name={room.label} />
      ) : (
        <div>
          <RoomText room={room} />
        </div>
      )}
      <RoomMeta room={room} />
      {room.sight === 'asking' && room.label === null && (
        <span className="aside-text">{titleOf(room, t)}</span>
      )}
    </>
  )
})
