import { useState } from 'react'
import { retryable } from '../../core/joining/progress.ts'
import type { JoiningState } from '../../core/onboarding/state.ts'
import { useActions } from '../bridge.tsx'
import { Reading } from '../community/Reading.tsx'
import { hiddenRooms } from '../hall/picture.ts'
import { useWords } from '../i18n/words.tsx'
import { AllRooms } from '../joining/AllRooms.tsx'
import { Aware } from '../joining/Aware.tsx'
import { Leaving } from '../joining/Leaving.tsx'
import { PauseLine } from '../joining/PauseLine.tsx'
import { Questions } from '../joining/Questions.tsx'
import { Tally } from '../joining/Tally.tsx'
import { Undo } from '../joining/Undo.tsx'
import { Button, LinkButton } from '../parts/Button.tsx'
import { BackButton, Exit, Title } from '../parts/Floor.tsx'
import { Icon } from '../parts/Icon.tsx'
import { useToast } from '../parts/Toast.tsx'

const MOST_NOTEWORTHY = 30

/** The doors open one by one. */
export function Joining({ state }: { readonly state: JoiningState }) {
  const { t } = useWords()
  const [showsAll, setShowsAll] = useState(false)
  const { leaving } = state.progress
  if (leaving !== null) return <Leaving key={leaving.phase} state={state} leaving={leaving} />
  return (
    <>
      <div className="scroll" key={String(showsAll)}>
        {showsAll ? (
          <AllRooms state={state} />
        ) : (
          <>
            <Title text={t('joining.title')} />
            <Tally progress={state.progress} />
            <PauseLine state={state} />
            <div className="twin">
              <Noteworthy state={state} onShowAll={() => setShowsAll(true)} />
              <Reading community={state.community} />
            </div>
            <Undo progress={state.progress} account={state.account} />
          </>
        )}
      </div>
      <Exit>
        {showsAll && <BackButton onBack={() => setShowsAll(false)} />}
        {showsAll ? <span className="grow" /> : <p className="note small quiet grow">{t('joining.close')}</p>}
        <StopAndPause state={state} />
      </Exit>
      <Questions state={state} />
    </>
  )
}

function StopAndPause({ state }: { readonly state: JoiningState }) {
  const { t } = useWords()
  const { send } = useActions()
  const { phase } = state.progress
  const isPaused = phase === 'paused'
  return (
    <>
      <Button kind="text" onPress={() => send({ type: 'askToStop' })}>
        {t('joining.stop')}
      </Button>
      {phase !== 'stopped' && (
        <Button onPress={() => send({ type: isPaused ? 'resume' : 'pause' })}>
          <Icon name={isPaused ? 'play' : 'pause'} isSmall />
          {t(isPaused ? 'joining.resume' : 'joining.pause')}
        </Button>
      )}
    </>
  )
}

interface NoteworthyProps {
  readonly state: JoiningState
  readonly onShowAll: () => void
}

function Noteworthy({ state, onShowAll }: NoteworthyProps) {
  const { t } = useWords()
  const { send } = useActions()
  const [toast, showToast] = useToast()
  // A room that waits for the space is simply in line.
  const hidden = state.includesHidden ? hiddenRooms(state.community) : 0
  const lines = state.progress.lines.filter((line) => line.reason !== null && line.reason !== 'spaceFirst')
  const keys = retryable(lines)
    .filter((line) => line.status === 'notJoined')
    .map((line) => line.key)
  // All of them stand in the list of all rooms.
  const shown = lines.slice(0, MOST_NOTEWORTHY)
  return (
    <section className="section">
      <div className="section-head">
        <h2>{t('joining.noteworthy')}</h2>
        <LinkButton isSmall onPress={onShowAll}>
          {t('joining.allRooms', { count: state.progress.lines.length })}
        </LinkButton>
      </div>
      {lines.length === 0 && hidden === 0 && <p className="hidden-rooms quiet">{t('joining.calm')}</p>}
      {shown.map((line) => (
        <Aware
          key={line.key}
          line={line}
          context={{ ...state, isOver: false, mayRetry: true }}
          onCopied={() => showToast(t('app.copied'))}
        />
      ))}
      {shown.length < lines.length && (
        <p className="hidden-rooms quiet">{t('hall.more', { count: lines.length - shown.length })}</p>
      )}
      {keys.length > 1 && (
        <p className="offers after-note">
          <Button isSmall onPress={() => send({ type: 'retryRooms', keys })}>
            {t('done.retry', { count: keys.length })}
          </Button>
        </p>
      )}
      {hidden > 0 && <p className="hidden-rooms quiet">{t('preview.hidden', { count: hidden })}</p>}
      {toast}
    </section>
  )
}
