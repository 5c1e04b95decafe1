import type { JoinedCard } from '../../core/onboarding/state.ts'
import { useActions } from '../bridge.tsx'
import { useWords } from '../i18n/words.tsx'
import { Button } from '../parts/Button.tsx'
import { Dialog } from '../parts/Dialog.tsx'

interface Props {
  readonly card: JoinedCard
  readonly isSignedIn: boolean
}

/** Asks whether the rooms go with the community. Staying in them comes first. */
export function RemoveQuestion({ card, isSignedIn }: Props) {
  const { t, say } = useWords()
  const { send } = useActions()
  const { id, name, leavable } = card
  return (
    <Dialog
      title={t('remove.title', { community: name })}
      onDismiss={() => send({ type: 'dismiss' })}
      actions={
        <>
          <Button kind="main" onPress={() => send({ type: 'forgetCommunity', id })}>
            {t('remove.forget')}
          </Button>
          {leavable > 0 && (
            <Button onPress={() => send({ type: 'leaveCommunity', id })}>
              {t('remove.leave', { count: leavable })}
            </Button>
          )}
          <Button kind="text" onPress={() => send({ type: 'dismiss' })}>
            {t('app.cancel')}
          </Button>
        </>
      }
    >
      {say('remove.text', { community: name })} {leavable > 0 && t('remove.leaveText')}{' '}
      {leavable > 0 && !isSignedIn && say('remove.signIn', { account: card.account.userId })}
    </Dialog>
  )
}
