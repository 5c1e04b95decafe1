import type { JoiningState, LeaveProgress } from '../../core/onboarding/state.ts'
import { useActions } from '../bridge.tsx'
import { countdown } from '../i18n/time.ts'
import { useWords } from '../i18n/words.tsx'
import { Button } from '../parts/Button.tsx'
import { Exit, Title } from '../parts/Floor.tsx'
import { Notice } from '../parts/Notice.tsx'
import { useNow } from '../parts/use-now.ts'
import { Line } from './PauseLine.tsx'

interface Props {
  readonly state: JoiningState
  readonly leaving: LeaveProgress
}

/** Everything is left again: the doors close one by one, and nothing else in the account changes. */
export function Leaving({ state, leaving }: Props) {
  return leaving.phase === 'finished' ? (
    <Left state={state} leaving={leaving} />
  ) : (
    <UnderWay state={state} leaving={leaving} />
  )
}

function UnderWay({ state, leaving }: Props) {
  const { t, say } = useWords()
  const { send } = useActions()
  const { count, left } = leaving
  return (
    <>
      <div className="scroll">
        <Title text={t('leaving.title')} />
        <p className="tally" role="status">
          {say('leaving.tally', { left, count })}
        </p>
        <NextRoom state={state} leaving={leaving} />
      </div>
      <Exit>
        <p className="note small quiet grow">{t('joining.close')}</p>
        <Button onPress={() => send({ type: 'stopLeaving' })}>{t('leaving.stop')}</Button>
      </Exit>
    </>
  )
}

function NextRoom({ state, leaving }: Props) {
  const { t, say, language } = useWords()
  const server = state.account.homeserver
  const now = useNow(leaving.nextAt !== null)
  if (leaving.phase === 'stopped') {
    return (
      <div className="section">
        <Notice icon="warn" isWrong>
          {say('leaving.stopped', { server })}
        </Notice>
      </div>
    )
  }
  // Under a second there is nothing to count down.
  if (leaving.nextAt !== null && leaving.nextAt - now > 1_000) {
    return (
      <Line door="closed" title={t('leaving.next', { time: countdown(leaving.nextAt - now, language) })}>
        {say('leaving.nextWhy', { server })}
      </Line>
    )
  }
  return (
    <Line door="ajar" title={t('leaving.now')}>
      {say('leaving.nowWhy', { server })}
    </Line>
  )
}

function Left({ state, leaving }: Props) {
  const { t } = useWords()
  const { send } = useActions()
  const { left, failed } = leaving
  const keys = state.progress.lines.filter((line) => line.reason === 'left').map((line) => line.key)
  return (
    <>
      <div className="scroll">
        <Title text={t('leaving.doneTitle')} />
        <p className="lead">
          {left === 0 ? t('leaving.doneNone') : t('leaving.doneText', { count: left })}
          {left > 0 && failed === 0 && ` ${t('leaving.doneRest')}`}
        </p>
        {failed > 0 && (
          <div className="section">
            <Notice icon="warn">{t('leaving.failed', { count: failed })}</Notice>
          </div>
        )}
      </div>
      <Exit>
        {keys.length > 0 && (
          <Button kind="text" isMid onPress={() => send({ type: 'retryRooms', keys })}>
            {t('leaving.again')}
          </Button>
        )}
        <span className="grow" />
        <Button kind="main" onPress={() => send({ type: 'addAnother' })}>
          {t('leaving.home')}
        </Button>
      </Exit>
    </>
  )
}
