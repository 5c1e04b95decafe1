import { useActions } from '../bridge.tsx'
import { useWords } from '../i18n/words.tsx'
import { Button } from '../parts/Button.tsx'
import { Dialog } from '../parts/Dialog.tsx'

/** Asks what to do with the sign-in on a computer without a keyring. */
export function KeepDialog() {
  const { t } = useWords()
  const { send } = useActions()
  return (
    <Dialog
      title={t('state.keep.title')}
      // Esc is no permission to keep anything.
      onDismiss={() => send({ type: 'keepSignIn', inFile: false })}
      actions={
        <>
          <Button onPress={() => send({ type: 'keepSignIn', inFile: true })}>{t('state.keep.file')}</Button>
          <Button onPress={() => send({ type: 'keepSignIn', inFile: false })}>
            {t('state.keep.forget')}
          </Button>
        </>
      }
    >
      {t('state.keep.text')}
    </Dialog>
  )
}
