import { useDeferredValue, useMemo, useState } from 'react'
import { lobbyOf } from '../../core/communities/community.ts'
import { lookAlikes } from '../../core/communities/look-alikes.ts'
import { isJoinedForItsInside, isQuietStart } from '../../core/onboarding/choice.ts'
import { hasAgreed } from '../../core/onboarding/said.ts'
import type { RoomsState } from '../../core/onboarding/state.ts'
import { useActions } from '../bridge.tsx'
import { AgreeField } from '../community/AgreeField.tsx'
import { bySection, hiddenRooms } from '../hall/picture.ts'
import { sectionNames } from '../i18n/section-name.ts'
import { timeWords } from '../i18n/time.ts'
import { useWords, wordedFor } from '../i18n/words.tsx'
import { NewsHead } from '../joined/NewsHead.tsx'
import { Button } from '../parts/Button.tsx'
import { BackButton, Exit, Title } from '../parts/Floor.tsx'
import { Blank, Message } from '../parts/Notice.tsx'
import { QuietSwitch } from '../parts/QuietSwitch.tsx'
import { serverFor } from '../parts/RoomRow.tsx'
import { SearchField } from '../parts/SearchField.tsx'
import { matches, secondsFor } from '../rooms/choice.ts'
import { KeepDialog } from '../rooms/KeepDialog.tsx'
import { KnockField } from '../rooms/KnockField.tsx'
import { PickSections } from '../rooms/PickSections.tsx'
import { Presets } from '../rooms/Presets.tsx'

/** Choosing rooms: presets as shortcuts into one list. */
export function Rooms({ state }: { readonly state: RoomsState }) {
  const { t, say } = useWords()
  const { send } = useActions()
  const [typed, setTyped] = useState('')
  // Typing goes before searching in thousands of rooms.
  const query = useDeferredValue(typed)
  const { community } = state
  const chosen = useMemo(() => new Set(state.chosen), [state.chosen])
  const hidden = state.includesHidden ? hiddenRooms(community) : 0
  const found = useMemo(() => community.rooms.filter((room) => matches(room, query)), [community, query])
  const sections = useMemo(
    () => bySection(community, found, sectionNames(community.sections, t)),
    [community, found, t],
  )
  const isSearching = query.trim() !== ''
  const isEmpty = community.roomCount === 0 && !state.isLoading
  const count = chosen.size + hidden
  const seconds = useMemo(
    () => secondsFor(community, state.chosen, state.roomsHere, hidden),
    [community, state.chosen, state.roomsHere, hidden],
  )
  const lobby = lobbyOf(community)
  const alike = lookAlikes(community.rooms)
  const { rules } = community
  const agrees = hasAgreed(state)
  const leads =
    community.space === null ? t('rooms.leadNoSpace') : t(wordedFor(state.experience, 'rooms.lead'))
  const startsInside = state.includesHidden || isJoinedForItsInside(community)
  const isChosen = count > 0 || (startsInside && !state.isLoading)
  const canStart = isChosen && agrees
  return (
    <>
      <div className="scroll">
        {state.errand?.kind === 'news' ? (
          <NewsHead state={state} errand={state.errand} />
        ) : (
          <>
            <Title text={t(wordedFor(state.experience, 'rooms.title'))} />
            <p className="lead">{leads}</p>
          </>
        )}
        {community.rooms.length > 1 && <Presets state={state} />}
        {community.rooms.length > 1 && (
          <div className="tools">
            <SearchField label={t('rooms.search')} value={typed} onChange={setTyped} />
            <QuietSwitch isOn={isQuietStart(state)}>{t('rooms.quietHint')}</QuietSwitch>
          </div>
        )}
        <KnockField state={state} />
        {state.isLoading && (
          <div className="section">
            <Message tone="wait">
              {say('state.loading', { server: (lobby && serverFor(lobby)) ?? state.account.homeserver })}
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
        {isSearching && found.length === 0 && (
          <div className="section">
            <Blank
              door="empty"
              title={say('state.noMatch.title', { query: query.trim() })}
              action={
                <Button isSmall onPress={() => setTyped('')}>
                  {t('state.noMatch.action')}
                </Button>
              }
            >
              {t('state.noMatch.text')}
            </Blank>
          </div>
        )}
        <PickSections sections={sections} chosen={chosen} alike={alike} isSearching={isSearching} />
        {hidden > 0 && !isSearching && (
          <p className="hidden-rooms quiet">… {t('rooms.hidden', { count: hidden })}</p>
        )}
      </div>
      {rules?.mustAgree === true && <AgreeField rules={rules} isOn={agrees} />}
      <Exit>
        <BackButton onBack={() => send({ type: 'back' })} />
        <span className="grow" />
        <p className={canStart ? 'note small quiet' : 'note small quiet is-why'} id="rooms-total">
          {canStart
            ? t('rooms.total', { rooms: t('app.rooms', { count }), time: timeWords(seconds, t) })
            : t(isChosen ? 'rules.missing' : 'rooms.none')}
        </p>
        <Button
          kind="main"
          isOff={!canStart}
          describedBy="rooms-total"
          onPress={() => send({ type: 'startJoining' })}
        >
          {count > 0 ? (
            t('rooms.action', { count })
          ) : isChosen ? (
            <span>{say('preview.action', { community: community.name })}</span>
          ) : (
            t('app.step.join')
          )}
        </Button>
      </Exit>
      {state.asksToKeep && <KeepDialog />}
    </>
  )
}
