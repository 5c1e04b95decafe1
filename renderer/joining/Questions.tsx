import { joinedCount } from '../../core/joining/progress.ts'
import type { JoiningState } from '../../core/onboarding/state.ts'
import { useActions } from '../bridge.tsx'
import { timeWords } from '../i18n/time.ts'
import { useWords } from '../i18n/words.tsx'
import { Button } from '../parts/Button.tsx'
import { Dialog } from '../parts/Dialog.tsx'
import { LeaveQuestion } from './Undo.tsx'

/** The questions that can stand over the hall. */
export function Questions({ state }: { readonly state: JoiningState }) {
  const { t, say } = useWords()
  const { send } = useActions()
  const { progress, community } = state
  if (state.asks === null) return null
  const joined = joinedCount(progress.lines)
  const count = progress.lines.length
  const rest = progress.lines.filter((line) => line.status === 'queued' || line.status === 'arriving').length
  const dismiss = (): void => send({ type: 'dismiss' })
  switch (state.asks) {
    case 'resume':
      return (
        <Dialog
          title={t('resume.title')}
          onDismiss={dismiss}
          actions={
            <>
              <Button kind="main" onPress={() => send({ type: 'resume' })}>
                {t('resume.action')}
              </Button>
              <Button onPress={dismiss}>{t('resume.later')}</Button>
              <Button kind="text" onPress={() => send({ type: 'stopAndSignOut' })}>
                {t('resume.stop')}
              </Button>
            </>
          }
        >
          {say('resume.text', { joined, count, rest, community: community.name })}
          {progress.secondsLeft !== null &&
            ` ${t('resume.time', { time: timeWords(progress.secondsLeft, t) })}`}
        </Dialog>
      )
    case 'stop':
      return (
        <Dialog
          title={t('joining.stopTitle')}
          onDismiss={dismiss}
          actions={
            <>
              <Button kind="main" onPress={dismiss}>
                {t('resume.action')}
              </Button>
              <Button onPress={() => send({ type: 'stopAndSignOut' })}>{t('resume.stop')}</Button>
            </>
          }
        >
          {t('joining.stopText', { joined, total: count, count: rest })}
        </Dialog>
      )
    case 'leave':
      return <LeaveQuestion community={community.name} />
  }
}
