import { useEffect, useId, useRef, type RefObject } from 'react'
import { isUsable } from '../../core/homeservers/ranking.ts'
import type { HomeserverCard, HomeserverState } from '../../core/onboarding/state.ts'
import { useActions } from '../bridge.tsx'
import { AnotherHomeserver } from '../homeserver/AnotherHomeserver.tsx'
import { ServerRow } from '../homeserver/ServerRow.tsx'
import { useWords, wordedFor, type Words } from '../i18n/words.tsx'
import { Button } from '../parts/Button.tsx'
import { BackButton, Exit, Title } from '../parts/Floor.tsx'
import { Notice } from '../parts/Notice.tsx'

interface Props {
  readonly state: HomeserverState
  /** Tells the wall which homeserver is under the pointer or in focus, so that its doors light up. */
  readonly onPoint: (server: string | null) => void
}

/** Choosing where the account lives. */
export function Homeserver({ state, onPoint }: Props) {
  const { t, say } = useWords()
  const { send } = useActions()
  const group = useId()
  const { cards, community } = state
  const list = useRef<HTMLDivElement>(null)
  const chosen = cards.find((card) => card.name === state.chosen) ?? null
  useEffect(() => () => onPoint(null), [onPoint])
  useFocusFound(list, state.another.kind)
  const obstacle = obstacleOf(chosen, { t, say })
  return (
    <>
      <div className="scroll">
        <Title text={t('homeserver.title')} />
        <p className="lead">{t(wordedFor(state.experience, 'homeserver.lead'))}</p>
        <div
          ref={list}
          className="server-list"
          role="radiogroup"
          aria-label={t('homeserver.groupLabel')}
          tabIndex={-1}
        >
          {cards.map((card, index) => (
            <ServerRow
              key={card.name}
              card={card}
              community={community}
              group={group}
              isChosen={card.name === state.chosen}
              isBest={index === 0 && cards.length > 1 && isUsable(card) && card.seconds !== null}
              onPoint={onPoint}
            />
          ))}
        </div>
        {chosen !== null && chosen.probe === 'answered' && !isUsable(chosen) && (
          <div className="after-list">
            <Notice
              icon="lock"
              action={
                <Button isSmall onPress={() => send({ type: 'goToSignIn' })}>
                  {t('signin.action')}
                </Button>
              }
            >
              {say(chosen.signUp === 'sso' ? 'state.sso' : 'state.closed', { server: chosen.name })}
            </Notice>
          </div>
        )}
        <AnotherHomeserver
          state={state}
          onOthers={() => {
            list.current?.focus({ preventScroll: true })
            send({ type: 'showOthers' })
          }}
        />
      </div>
      <Exit>
        <BackButton onBack={() => send({ type: 'back' })} />
        <span className="grow" />
        <p
          className={obstacle === null ? 'note small quiet' : 'note small quiet is-why'}
          id="homeserver-why"
          role="status"
        >
          {obstacle}
        </p>
        <Button kind="text" isMid onPress={() => send({ type: 'goToSignIn' })}>
          {t('homeserver.have')}
        </Button>
        <Button
          kind="main"
          isOff={obstacle !== null}
          describedBy="homeserver-why"
          onPress={() => send({ type: 'continueWithHomeserver', name: state.chosen ?? undefined })}
        >
          <span>{say('homeserver.action', { server: state.chosen ?? '' })}</span>
        </Button>
      </Exit>
    </>
  )
}

// The field is gone with the look-up that it was for; what was found is chosen in the list.
function useFocusFound(list: RefObject<HTMLElement | null>, kind: HomeserverState['another']['kind']): void {
  const wasLooking = useRef(false)
  useEffect(() => {
    if (wasLooking.current && kind === 'closed' && document.activeElement === document.body)
      list.current?.querySelector<HTMLInputElement>('input:checked')?.focus()
    wasLooking.current = kind === 'looking'
  }, [list, kind])
}

function obstacleOf(card: HomeserverCard | null, { t, say }: Pick<Words, 't' | 'say'>): React.ReactNode {
  if (card === null) return t('homeserver.pickOne')
  const server = card.name
  switch (card.probe) {
    case 'asking':
      return say('homeserver.asking', { server })
    case 'unreachable':
      return say('homeserver.unreachable', { server })
    case 'answered':
      if (isUsable(card)) return null
      return say(card.signUp === 'sso' ? 'homeserver.ssoShort' : 'homeserver.closedShort', { server })
  }
}
