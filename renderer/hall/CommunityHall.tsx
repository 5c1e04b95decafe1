import { useMemo } from 'react'
import type { CommunityRoom } from '../../core/communities/community.ts'
import { joinedCount } from '../../core/joining/progress.ts'
import type { InsideState } from '../../core/onboarding/state.ts'
import { sectionNames } from '../i18n/section-name.ts'
import { useWords, wordedFor, type Words } from '../i18n/words.tsx'
import type { DoorState } from '../parts/Door.tsx'
import { Hall } from '../parts/Hall.tsx'
import { doorOfSight, hallOfLines, hiddenRooms, hallOfRooms, type HallPicture } from './picture.ts'

interface Props {
  readonly state: InsideState
  /** The homeserver under the pointer, whose doors light up. */
  readonly pointed: string | null
}

/** The hall on the wall, with what it means in words. */
export function CommunityHall({ state, pointed }: Props) {
  const { t } = useWords()
  const { picture, label, caption } = useMemo(() => describe(state, pointed, t), [state, pointed, t])
  if (picture.hasNames) return <Hall picture={picture} label={label} />
  return (
    <div className="hall-block">
      <Hall picture={picture} label={label} />
      {caption !== null && <p className="hall-caption">{caption}</p>}
    </div>
  )
}

// A room that the newcomer is in stands open.
function doorOfChoice(room: CommunityRoom, chosen: ReadonlySet<string>): DoorState {
  if (room.isYours === true) return 'open'
  return chosen.has(room.key) ? 'chosen' : room.sight === 'private' ? 'private' : 'empty'
}

interface Described {
  readonly picture: HallPicture
  readonly label: string
  readonly caption: string | null
}

function describe(state: InsideState, pointed: string | null, t: Words['t']): Described {
  const { community } = state
  const count = t('hall.rooms', { count: community.roomCount })
  switch (state.step) {
    case 'preview': {
      const isOffline = state.phase === 'offline'
      return {
        picture: hallOfRooms(
          community,
          (room) => doorOfSight(room, isOffline),
          isOffline ? 'dashed' : 'closed',
        ),
        label: count,
        caption:
          isOffline || community.roomCount === 0 ? null : t(wordedFor(state.experience, 'hall.preview')),
      }
    }
    case 'homeserver': {
      const card = state.cards.find((each) => each.name === (pointed ?? state.chosen)) ?? state.cards[0]
      if (card === undefined || card.roomsHere === null) {
        return {
          picture: hallOfRooms(community, (room) => doorOfSight(room), 'closed'),
          label: count,
          caption: null,
        }
      }
      const here = new Set(card.roomsHere)
      const lit = t('hall.fit', { server: card.name })
      const picture = hallOfRooms(community, (room) => (here.has(room.key) ? 'chosen' : 'empty'), 'closed')
      return { picture, label: lit, caption: lit }
    }
    case 'createAccount':
    case 'stages':
    case 'profile':
    case 'signIn':
    case 'browser':
      return {
        picture: hallOfRooms(community, (room) => doorOfSight(room), 'closed'),
        label: count,
        caption: null,
      }
    case 'rooms': {
      const chosen = new Set(state.chosen)
      const picture = hallOfRooms(
        community,
        (room) => doorOfChoice(room, chosen),
        state.includesHidden ? 'chosen' : 'empty',
      )
      const hidden = state.includesHidden ? hiddenRooms(community) : 0
      const words = t('hall.chosen', { chosen: chosen.size + hidden, count: community.roomCount })
      return { picture, label: words, caption: words }
    }
    case 'joining':
    case 'done': {
      const { lines } = state.progress
      const hidden = state.step === 'joining' && state.includesHidden ? hiddenRooms(community) : 0
      return {
        picture: hallOfLines(community, state.progress, sectionNames(community.sections, t), hidden),
        label: t('hall.joined', { joined: joinedCount(lines), count: lines.length }),
        caption: null,
      }
    }
  }
}
