import { useMemo } from 'react'
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
import { useWords, type Key, type Words } from '../i18n/words.tsx'
import { Button } from '../parts/Button.tsx'
import { BackButton, Exit, Title } from '../parts/Floor.tsx'
import { useFolds } from '../parts/Folded.tsx'
import { Icon } from '../parts/Icon.tsx'
import { LongSections } from '../parts/LongSections.tsx'
import { Blank, Message, Notice } from '../parts/Notice.tsx'
import { RoomRow, serverFor } from '../parts/RoomRow.tsx'

const ROWS_WHEN_FOLDED = 5

/** Looking around before there is an account. */
export function Preview({ state }: { readonly state: PreviewState }) {
  const { t, say, language } = useWords()
  const { send } = useActions()
  const { community, phase } = state
  const isOffline = phase === 'offline'
  const listed = useMemo(
    () => bySection(community, community.rooms, sectionNames(community.sections, t)),
    [community, t],
  )
  const alike = lookAlikes(community.rooms)
  const isEmpty = phase === 'answered' && community.roomCount === 0
  const hidden = phase === 'asking' ? 0 : hiddenRooms(community)
  const sections = useMemo(() => withRest(listed, hidden, t), [listed, hidden, t])
  const [shown, more] = useFolds(sections, { shown: ROWS_WHEN_FOLDED })
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
        <LongSections
          sections={shown}
          keyOf={keyOf}
          row="room"
          height={66}
          renderHead={(section) => (
            <div className="section-head">
              <h2>{section.name}</h2>
              {more(section)}
            </div>
          )}
          renderFoot={({ id }) =>
            id === REST_SECTION && hidden > 0 ? (
              <p className="hidden-rooms quiet">{t('preview.hidden', { count: hidden })}</p>
            ) : null
          }
        >
          {(room, index) => (
            <RoomRow room={room} isOffline={isOffline} index={index} isAlike={alike.has(room.key)} />
          )}
        </LongSections>
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

// What the space keeps to its members stands where everything is that belongs nowhere else.
function withRest(
  sections: readonly Section<CommunityRoom>[],
  hidden: number,
  t: Words['t'],
): readonly Section<CommunityRoom>[] {
  if (hidden === 0 || sections.some(({ id }) => id === REST_SECTION)) return sections
  return [...sections, { id: REST_SECTION, name: t('preview.section.rest'), items: [] }]
}

function keyOf(room: CommunityRoom): string {
  return room.key
}

function askedServer(community: Community): string | null {
  const room = community.rooms.find((each) => each.sight === 'asking')
  return room === undefined ? null : serverFor(room)
}

function nextKey(state: PreviewState): Key {
  if (state.account !== null) return 'preview.nextRooms'
  return state.experience === 'matrix' ? 'preview.nextSignIn' : 'preview.next'
}
