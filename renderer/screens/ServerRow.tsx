import type { Community } from '../../core/communities/community.ts'
import type { HomeserverCard, SignUpKind } from '../../core/onboarding/state.ts'
import { useActions } from '../bridge.tsx'
import { timeWords } from '../i18n/time.ts'
import { useWords, type Key } from '../i18n/words.tsx'
import { Icon, type IconName } from '../parts/Icon.tsx'
import { MAX_DOORS } from '../parts/Hall.tsx'

const about = {
  matrixorg: 'homeserver.about.matrixorg',
  own: 'homeserver.about.own',
  institution: 'homeserver.about.institution',
  public: 'homeserver.about.public',
} as const satisfies Record<NonNullable<HomeserverCard['about']>, Key>

type Kind = readonly [IconName, Key]
const open: Kind = ['door', 'homeserver.kind.open']
const kinds: Record<SignUpKind, readonly Kind[]> = {
  open: [open],
  token: [['ticket', 'homeserver.kind.token']],
  email: [open, ['mail', 'homeserver.kind.email']],
  captcha: [open, ['eye', 'homeserver.kind.captcha']],
  browser: [['browser', 'homeserver.kind.browser']],
  closed: [['lock', 'homeserver.kind.closed']],
  unknown: [],
}

interface Props {
  readonly card: HomeserverCard
  readonly community: Community
  /** Name of the radio group. */
  readonly group: string
  readonly isChosen: boolean
  readonly isBest: boolean
  readonly onPoint: (server: string | null) => void
}

/** One homeserver: who runs it, how many rooms are there, how long joining takes, how accounts are made. */
export function ServerRow({ card, community, group, isChosen, isBest, onPoint }: Props) {
  const { t, say } = useWords()
  const { send } = useActions()
  const isAsking = card.probe === 'asking'
  const isCounting = isCountingRooms(card)
  return (
    <label className="server" onPointerEnter={() => onPoint(card.name)} onPointerLeave={() => onPoint(null)}>
      <input
        className="radio"
        type="radio"
        name={group}
        checked={isChosen}
        aria-busy={isAsking ? true : undefined}
        onChange={() => send({ type: 'chooseHomeserver', name: card.name })}
        onFocus={() => onPoint(card.name)}
        onBlur={() => onPoint(null)}
      />
      <span className="server-who">
        <span className="server-title">
          <bdi className="server-name">{card.name}</bdi>
          {isBest && (
            <span className="server-best">{say('homeserver.best', { community: community.name })}</span>
          )}
        </span>
        {card.about !== null && <span className="server-about">{t(about[card.about])}</span>}
      </span>
      {card.seconds !== null ? (
        <span className="server-time">
          <b>{timeWords(card.seconds, t)}</b>
          <span className="small quiet">{t('homeserver.timeLabel')}</span>
        </span>
      ) : (
        isCounting && (
          <span className="server-time bones" aria-hidden="true">
            <span className="bone is-3" />
          </span>
        )
      )}
      <Fit card={card} community={community} />
      <span className="kinds">
        {isAsking && <span className="bone is-1" aria-hidden="true" />}
        {card.probe === 'unreachable' && (
          <span>
            <Icon name="clock" isSmall />
            {t('homeserver.kind.unreachable')}
          </span>
        )}
        {card.probe === 'answered' &&
          kinds[card.signUp].map(([icon, key]) => (
            <span key={key}>
              <Icon name={icon} isSmall />
              {t(key)}
            </span>
          ))}
      </span>
    </label>
  )
}

// Its place stays the same from the first question to the last answer, so that no row moves under a pointer.
function isCountingRooms(card: HomeserverCard): boolean {
  return card.probe !== 'unreachable' && card.roomsHere === null
}

function Fit({ card, community }: Pick<Props, 'card' | 'community'>) {
  const { t } = useWords()
  if (card.roomsHere === null) {
    if (!isCountingRooms(card)) return null
    return (
      <span className="server-fit" aria-hidden="true">
        <span className="bone is-2" />
      </span>
    )
  }
  const here = new Set(card.roomsHere)
  const lit = community.rooms.filter((room) => here.has(room.key)).length
  const all = community.rooms.length
  if (all === 0) return null
  return (
    <span className="server-fit">
      <span className="strip" aria-hidden="true">
        {community.rooms.slice(0, MAX_DOORS).map((room) => (
          <i key={room.key} className={here.has(room.key) ? 'is-here' : undefined} />
        ))}
      </span>
      <span>{lit === 0 ? t('homeserver.fitNone', { all }) : t('homeserver.fit', { here: lit, all })}</span>
    </span>
  )
}
