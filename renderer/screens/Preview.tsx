import type { Community, CommunityRoom } from '../../core/communities/community.ts'
import { addressOf, lookAlikes } from '../../core/communities/look-alikes.ts'
import { REST_SECTION } from '../../core/communities/names.ts'
import type { PreviewState } from '../../core/onboarding/state.ts'
import { useActions } from '../bridge.tsx'
import { Contact } from '../community/Contact.tsx'
import { GoodToKnow } from '../community/GoodToKnow.tsx'
import { HouseRules } from '../community/HouseRules.tsx'
import { bySection, hiddenRooms, type Section } from '../hall/picture.ts'
import { sectionNames } from '../i18n/section-name.ts'
import { clock, languageNames } from '../i18n/time.ts'
import { useWords, type Key } from '../i18n/words.tsx'
import { Button } from '../parts/Button.tsx'
import { BackButton, Exit, Title } from '../parts/Floor.tsx'
import { useFolded } from '../parts/Folded.tsx'
import { Icon } from '../parts/Icon.tsx'
import { LongList } from '../parts/LongList.tsx'
import { Blank, Message, Notice } from '../parts/Notice.tsx'
import { RoomRow, serverFor } from '../parts/RoomRow.tsx'

const ROWS_WHEN_FOLDED = 5

/** Looking around before there is an account. */
export function Preview({ state }: { readonly state: PreviewState }) {
  const { t, say, language } = useWords()
  const { send } = useActions()
  const { community, phase } = state
  const isOffline = phase === 'offline'
  const sections = bySection(community, community.rooms, sectionNames(community.sections, t))
  const alike = lookAlikes(community.rooms)
  const isEmpty = phase === 'answered' && community.roomCount === 0
  const hidden = phase === 'asking' ? 0 : hiddenRooms(community)
  const hasRest = sections.some((section) => section.id === REST_SECTION)
  return (
    <>
      <div className="scroll">
        <Title text={t('preview.title')} />
        {!isOffline && community.summary !== '' && <p className="lead">{community.summary}</p>}
        {community.mimics !== null && (
          <div className="section">
            <Notice icon="warn" title={say('preview.mimics.title', { community: community.mimics })}>
              {say('preview.mimics.text', { address: addressOf(community) })}
            </Notice>
          </div>
        )}
        {!isOffline && <Facts community={community} />}
        {isOffline && (
          <div className="section">
            <Notice
              icon="offline"
              title={t('state.offline.title')}
              action={
                <Button isSmall onPress={() => send({ type: 'checkAgain' })}>
                  {t('state.offline.action')}
                </Button>
              }
            >
              {t('state.offline.text', { time: clock(state.askedAt, language) })}
            </Notice>
          </div>
        )}
        {phase === 'asking' && (
          <div className="section">
            <Message tone="wait">
              {say('state.loading', { server: askedServer(community) ?? community.name })}
            </Message>
          </div>
        )}
        {isEmpty && (
          <div className="section">
            <Blank door="private" title={t('state.noRooms.title')}>
              {say('state.noRooms.text', { community: community.name })}
            </Blank>
          </div>
        )}
        {sections.map((section) => (
          <RoomSection
            key={section.id}
            section={section}
            isOffline={isOffline}
            hidden={section.id === REST_SECTION ? hidden : 0}
            alike={alike}
          />
        ))}
        {hidden > 0 && !hasRest && (
          <RoomSection
            section={{ id: REST_SECTION, name: t('preview.section.rest'), items: [] }}
            isOffline={isOffline}
            hidden={hidden}
            alike={alike}
          />
        )}
        {community.rules !== null && <HouseRules rules={community.rules} />}
        <Contact contact={community.contact} />
      </div>
      <Exit>
        <BackButton onBack={() => send({ type: 'back' })} />
        <span className="grow" />
        <p className={isOffline ? 'note small quiet is-why' : 'note small quiet'} id="preview-next">
          {isOffline ? t('preview.offlineWhy') : t(nextKey(state))}
        </p>
        <Button
          kind="main"
          isOff={isOffline}
          describedBy="preview-next"
          onPress={() => send({ type: 'leavePreview' })}
        >
          <span>{say('preview.action', { community: community.name })}</span>
        </Button>
      </Exit>
    </>
  )
}

function Facts({ community }: { readonly community: Community }) {
  const { t, language } = useWords()
  // Members overlap from room to room, so the largest room is all that can be promised.
  const counts = community.rooms.flatMap((room) => (room.members === null ? [] : [room.members]))
  const most = counts.length === 0 ? null : Math.max(...counts)
  const spoken = languageNames(community.languages, language)
  const values = {
    rooms: t('app.rooms', { count: community.roomCount }),
    people: most === null ? '' : t('app.people', { count: most }),
    language: spoken ?? '',
  }
  const key =
    most === null
      ? spoken === null
        ? 'preview.factsRooms'
        : 'preview.factsLanguage'
      : spoken === null
        ? 'preview.factsPeople'
        : 'preview.facts'
  return (
    <div className="facts">
      {community.roomCount > 0 && (
        <p className="note-line">
          <Icon name="people" />
          <span>{t(key, values)}</span>
        </p>
      )}
      <GoodToKnow privacy={community.privacy} />
      {community.rules?.mustAgree === true && (
        <p className="note-line">
          <Icon name="door" />
          <span>{t('rules.before')}</span>
        </p>
      )}
    </div>
  )
}

interface SectionProps {
  readonly section: Section<CommunityRoom>
  readonly isOffline: boolean
  readonly hidden: number
  /** Keys of rooms that only their addresses tell apart. */
  readonly alike: ReadonlySet<string>
}

function RoomSection({ section, isOffline, hidden, alike }: SectionProps) {
  const { t } = useWords()
  const [rooms, more] = useFolded(section.items, ROWS_WHEN_FOLDED)
  return (
    <section className="section">
      <div className="section-head">
        <h2>{section.name}</h2>
        {more}
      </div>
      {rooms.length > 0 && (
        <LongList items={rooms} keyOf={(room) => room.key} row="room" height={66}>
          {(room, index) => (
            <RoomRow room={room} isOffline={isOffline} index={index} isAlike={alike.has(room.key)} />
          )}
        </LongList>
      )}
      {hidden > 0 && <p className="hidden-rooms quiet">{t('preview.hidden', { count: hidden })}</p>}
    </section>
  )
}

function askedServer(community: Community): string | null {
  const room = community.rooms.find((each) => each.sight === 'asking')
  return room === undefined ? null : serverFor(room)
}

function nextKey(state: PreviewState): Key {
  if (state.account !== null) return 'preview.nextRooms'
  return state.experience === 'matrix' ? 'preview.nextSignIn' : 'preview.next'
}
