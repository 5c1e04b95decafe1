import type { ReactNode } from 'react'
import type { Community } from '../../core/communities/community.ts'
import type { ServerSoftware } from '../../core/homeservers/software.ts'
import type { HomeserverCard, HomeserverFacts, SignUpKind } from '../../core/onboarding/state.ts'
import { useActions } from '../bridge.tsx'
import { regionName } from '../i18n/region.ts'
import { timeWords } from '../i18n/time.ts'
import { useWords, type Key, type Words } from '../i18n/words.tsx'
import { Icon, type IconName } from '../parts/Icon.tsx'
import { MAX_DOORS } from '../hall/picture.ts'
import { OutsideLink } from '../parts/OutsideLink.tsx'

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
  token: [],
  email: [open],
  captcha: [open],
  browser: [['browser', 'homeserver.kind.browser']],
  closed: [['lock', 'homeserver.kind.closed']],
  sso: [['key', 'homeserver.kind.sso']],
  unknown: [],
}
const asked: Record<HomeserverCard['asks'][number], Kind> = {
  token: ['ticket', 'homeserver.kind.token'],
  captcha: ['eye', 'homeserver.kind.captcha'],
  email: ['mail', 'homeserver.kind.email'],
  phone: ['chat', 'homeserver.kind.phone'],
  page: ['browser', 'homeserver.kind.page'],
  terms: ['page', 'homeserver.kind.terms'],
}

/** How accounts are made there: what a server that says nothing else asks for is still to be seen. */
function kindsOf({ signUp, asks }: HomeserverCard): readonly Kind[] {
  const all = [...kinds[signUp], ...asks.map((ask) => asked[ask])]
  return all.length > 0 ? all : [['door', 'homeserver.kind.unknown']]
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
  const choose = (): void => send({ type: 'chooseHomeserver', name: card.name })
  return (
    <label className="server" onPointerEnter={() => onPoint(card.name)} onPointerLeave={() => onPoint(null)}>
      <input
        className="radio"
        type="radio"
        name={group}
        checked={isChosen}
        aria-busy={isAsking ? true : undefined}
        onChange={choose}
        // Whoever clicks on the suggestion has chosen it, and no better one takes its place any more.
        onClick={isChosen ? choose : undefined}
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
        <About card={card} />
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
          kindsOf(card).map(([icon, key]) => (
            <span key={key}>
              <Icon name={icon} isSmall />
              {t(key)}
            </span>
          ))}
        <FactsOf card={card} />
      </span>
    </label>
  )
}

// The manifest's own word goes before the list's, which names people and places.
function About({ card }: Pick<Props, 'card'>) {
  const { t, say, language } = useWords()
  const operator = card.facts?.operator ?? null
  const country = card.facts?.country ? regionName(card.facts.country, language) : null
  let words: ReactNode = card.about === null ? null : t(about[card.about])
  if (card.about === null || card.about === 'public') {
    if (operator !== null && country !== null) words = say('homeserver.about.runFrom', { operator, country })
    else if (operator !== null) words = say('homeserver.about.run', { operator })
    else if (country !== null) words = t('homeserver.about.from', { country })
  }
  return words === null ? null : <span className="server-about">{words}</span>
}

/** What a newcomer should know before choosing: who may come, by which rules, and whether the server is looked after. */
function FactsOf({ card: { name, facts } }: Pick<Props, 'card'>) {
  const { t, say } = useWords()
  if (facts === null) return null
  const { age, rules, software } = facts
  return (
    <>
      {age !== null && (
        <span>
          <Icon name="people" isSmall />
          {ageWords(age, t)}
        </span>
      )}
      {software !== null && (
        <span>
          <Icon name={software.isOutdated === true ? 'warn' : 'info'} isSmall />
          <span>
            {say(softwareKey(software), { software: software.name, version: shortVersion(software) })}
          </span>
        </span>
      )}
      {rules !== null && (
        <OutsideLink to={rules} className="link" label={t('homeserver.rulesOf', { server: name })}>
          {t('homeserver.rules')}
          <Icon name="outside" isSmall isFlipped />
        </OutsideLink>
      )}
    </>
  )
}

function softwareKey({ isOutdated }: ServerSoftware): Key {
  if (isOutdated === null) return 'homeserver.kind.software'
  return isOutdated ? 'homeserver.kind.outdated' : 'homeserver.kind.current'
}

// Some add a branch and a commit in brackets.
function shortVersion({ version }: ServerSoftware): string {
  return version.split(/[\s(+]/)[0]?.slice(0, 30) ?? version
}

function ageWords({ years, isStated }: NonNullable<HomeserverFacts['age']>, t: Words['t']): string {
  if (!isStated) return t('homeserver.kind.ageListed', { years })
  return years === 18 ? t('homeserver.kind.adults') : t('homeserver.kind.age', { years })
}

// Its place stays the same from the first question to the last answer, so that no row moves under a pointer.
function isCountingRooms(card: HomeserverCard): boolean {
  return card.probe !== 'unreachable' && card.seconds === null
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
      <span>{fitWords()}</span>
    </span>
  )

  function fitWords(): string {
    if (card.seconds === null) return t('homeserver.fitSoFar', { here: lit, asked: card.roomsAsked, all })
    // Of very many rooms only some are asked about, and some show themselves to members only.
    if (card.roomsAsked < Math.max(all, community.roomCount))
      return t('homeserver.fitAsked', { here: lit, asked: card.roomsAsked })
    return lit === 0 ? t('homeserver.fitNone', { all }) : t('homeserver.fit', { here: lit, all })
  }
}
