import type { Account, JoinProgress } from '../../core/onboarding/state.ts'
import { useActions } from '../bridge.tsx'
import { useWords } from '../i18n/words.tsx'
import { Button, LinkButton } from '../parts/Button.tsx'
import { Dialog } from '../parts/Dialog.tsx'
import { QuietSwitch } from '../parts/QuietSwitch.tsx'

interface Props {
  readonly progress: JoinProgress
  readonly account: Account
}

/** What can still be changed about joining: how loud it is, and whether it was a good idea at all. */
export function Undo({ progress, account }: Props) {
  const { t, say } = useWords()
  const { send } = useActions()
  const { isOn, isBusy, hasFailed } = progress.quiet
  const server = account.homeserver
  return (
    <section className="section undo">
      <QuietSwitch isOn={isOn}>
        {isBusy
          ? say(isOn ? 'quiet.busyOn' : 'quiet.busyOff', { server })
          : hasFailed
            ? say('quiet.failed', { server })
            : t(isOn ? 'rooms.quietHint' : 'quiet.off')}
      </QuietSwitch>
      <LinkButton isSmall onPress={() => send({ type: 'askToLeave' })}>
        {t('leave.open')}
      </LinkButton>
    </section>
  )
}

/** Asks before everything is left again. Staying comes first. */
export function LeaveQuestion({ community }: { readonly community: string }) {
  const { t, say } = useWords()
  const { send } = useActions()
  const dismiss = (): void => send({ type: 'dismiss' })
  return (
    <Dialog
      title={t('leave.title')}
      onDismiss={dismiss}
      actions={
        <>
          <Button kind="main" onPress={dismiss}>
            {t('leave.stay')}
          </Button>
          <Button onPress={() => send({ type: 'leaveAll' })}>{t('leave.action')}</Button>
        </>
      }
    >
      {say('leave.text', { community })}
    </Dialog>
  )
}
