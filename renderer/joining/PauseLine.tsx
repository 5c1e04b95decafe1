import type { JoiningState } from '../../core/onboarding/state.ts'
import { useActions } from '../bridge.tsx'
import { countdown } from '../i18n/time.ts'
import { useWords } from '../i18n/words.tsx'
import { Button } from '../parts/Button.tsx'
import { Door } from '../parts/Door.tsx'
import { Notice } from '../parts/Notice.tsx'
import { useNow } from '../parts/use-now.ts'
import { reasonText, statusKey } from './reason.tsx'

/** What happens now: waiting for the next room, joining one, paused, offline, or standing still until somebody acts. */
export function PauseLine({ state }: { readonly state: JoiningState }) {
  const { t, say } = useWords()
  const { send } = useActions()
  const { progress } = state
  switch (progress.phase) {
    case 'running':
    case 'finished':
      return <Running state={state} />
    case 'paused':
      return (
        <div className="section">
          <Notice icon="pause">{t('joining.paused')}</Notice>
        </div>
      )
    case 'offline':
      return (
        <div className="section">
          <Notice icon="offline" title={t('state.offline.title')}>
            {t('joining.offline')}
          </Notice>
        </div>
      )
    case 'stopped': {
      const reason = progress.stopReason ?? 'unknown'
      const [key, values] = reasonText(reason, null, { ...state, isOver: false, mayRetry: true }, t)
      return (
        <div className="section">
          <Notice
            icon="warn"
            isWrong
            title={t(statusKey(reason))}
            action={
              <Button
                isSmall
                onPress={() => send({ type: reason === 'signedOut' ? 'signInAgain' : 'resume' })}
              >
                {t(reason === 'signedOut' ? 'joining.signInAgain' : 'joining.tryAgain')}
              </Button>
            }
          >
            {say(key, values)}
          </Notice>
        </div>
      )
    }
  }
}

// No live region: a countdown read out each second would drown everything else.
function Running({ state }: { readonly state: JoiningState }) {
  const { t, say, language } = useWords()
  const { progress, account } = state
  const now = useNow(progress.nextAt !== null)
  const server = account.homeserver
  const joining = progress.lines.find((line) => line.status === 'joining')
  if (joining !== undefined) {
    return (
      <Line door="ajar" title={say('joining.now', { room: joining.name || t('preview.private') })}>
        {say('joining.nowWhy', { server })}
      </Line>
    )
  }
  const silent = progress.lines.find((line) => line.key === progress.nextKey && line.reason === 'unreachable')
  if (progress.nextAt !== null && progress.nextAt > now) {
    const time = countdown(progress.nextAt - now, language)
    if (silent !== undefined) {
      return (
        <Line door="next" title={t('joining.retry', { time })}>
          {say('joining.retryWhy', { room: silent.name || t('preview.private') })}
        </Line>
      )
    }
    return (
      <Line door="next" title={t('joining.next', { time })}>
        {say('joining.nextWhy', { server })}
      </Line>
    )
  }
  if (progress.lines.some((line) => line.status === 'arriving')) {
    return (
      <Line door="ajar" title={say('joining.verifying', { server })}>
        {t('joining.verifyingWhy')}
      </Line>
    )
  }
  if (progress.quiet.isBusy && progress.lines.every((line) => line.status !== 'queued')) {
    return (
      <Line door="ajar" title={t('joining.hushing')}>
        {say('joining.hushingWhy', { server })}
      </Line>
    )
  }
  return (
    <Line door="next" title={t('joining.getting')}>
      {say('joining.nowWhy', { server })}
    </Line>
  )
}

interface LineProps {
  readonly door: 'next' | 'ajar' | 'closed'
  readonly title: React.ReactNode
  readonly children: React.ReactNode
}

/** One thing that happens now, with a door for it. */
export function Line({ door, title, children }: LineProps) {
  return (
    <div className="pause-line">
      <Door state={door} />
      <div>
        <p>
          <b>{title}</b>
        </p>
        <p className="small">{children}</p>
      </div>
    </div>
  )
}
