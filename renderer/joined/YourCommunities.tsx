import { useEffect, useRef } from 'react'
import { countOf } from '../../core/joined/joined-community.ts'
import type { JoinedCard, WelcomeState } from '../../core/onboarding/state.ts'
import { useActions } from '../bridge.tsx'
import { day } from '../i18n/time.ts'
import { useWords } from '../i18n/words.tsx'
import { Button } from '../parts/Button.tsx'
import { FrontDoor } from '../parts/FrontDoor.tsx'
import { Switch } from '../parts/Switch.tsx'
import { newsLine, News } from './News.tsx'
import { RemoveQuestion } from './RemoveQuestion.tsx'

/** The communities that were joined earlier, with what is new in each. */
export function YourCommunities({ state }: { readonly state: WelcomeState }) {
  const { t } = useWords()
  const { joined, account } = state
  const removed = joined.find(({ id }) => id === state.asksToRemove)
  return (
    <section className="yours" aria-labelledby="yours-title">
      <h2 className="label" id="yours-title">
        {t('joined.title')}
      </h2>
      <ul className="yours-list">
        {joined.map((card) => (
          <li key={card.id}>
            <Row
              card={card}
              isSignedIn={account?.userId === card.account.userId}
              hasTwin={joined.some((each) => each.communityId === card.communityId && each.id !== card.id)}
            />
          </li>
        ))}
      </ul>
      <Watching isOn={state.isWatching} />
      {removed !== undefined && (
        <RemoveQuestion card={removed} isSignedIn={account?.userId === removed.account.userId} />
      )}
    </section>
  )
}

interface RowProps {
  readonly card: JoinedCard
  readonly isSignedIn: boolean
  /** The same community was joined by another account as well. */
  readonly hasTwin: boolean
}

function Row({ card, isSignedIn, hasTwin }: RowProps) {
  const { t, say, language } = useWords()
  const { send } = useActions()
  const row = useRef<HTMLDivElement>(null)
  const { id, name, changes, account } = card
  const isNews = countOf(changes) > 0
  const hasRooms = changes.added.length + changes.moved.length > 0
  const main = hasRooms ? 'joined.join' : isSignedIn ? 'joined.more' : 'joined.look'
  // Through the CSSOM, as the content security policy forbids style attributes.
  useEffect(() => {
    if (card.colour !== null) row.current?.style.setProperty('--community', card.colour)
  }, [card.colour])
  return (
    <div className="yours-row" ref={row} data-community={card.communityId}>
      <FrontDoor initials={card.initials} />
      <div className="yours-text">
        <h3 className="front-title">
          <bdi className="front-name">{name}</bdi>
          <span className="front-size">{t('app.rooms', { count: card.roomCount })}</span>
        </h3>
        {hasTwin && <p className="small quiet">{say('joined.as', { account: account.userId })}</p>}
        {isNews ? (
          <p className="yours-news">{newsLine(changes, t, language)}</p>
        ) : (
          <p className="quiet">{t('joined.nothing', { date: day(card.since, language) })}</p>
        )}
        {isNews && <News changes={changes} />}
        {!isNews && card.hasSpace && !isSignedIn && <p className="small quiet">{t('joined.inside')}</p>}
      </div>
      <div className="yours-actions">
        <Button
          kind={hasRooms ? 'main' : 'plain'}
          isSmall
          label={t(`${main}Label`, { community: name })}
          onPress={() => send({ type: 'joinNews', id })}
        >
          {t(main)}
        </Button>
        {isNews && (
          <Button
            kind="text"
            isSmall
            label={t('joined.seenLabel', { community: name })}
            onPress={() => send({ type: 'seenNews', id })}
          >
            {t('joined.seen')}
          </Button>
        )}
        <Button
          kind="text"
          isSmall
          label={t('joined.removeLabel', { community: name })}
          onPress={() => send({ type: 'askToRemove', id })}
        >
          {t('joined.remove')}
        </Button>
      </div>
    </div>
  )
}

/** Whether Foyer stays in the tray to look after them. */
function Watching({ isOn }: { readonly isOn: boolean }) {
  const { t } = useWords()
  const { send } = useActions()
  return (
    <Switch isOn={isOn} label={t('joined.watch')} onChange={(on) => send({ type: 'setWatching', isOn: on })}>
      {t('joined.watchHint')}
    </Switch>
  )
}
