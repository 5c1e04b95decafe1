import { useEffect } from 'react'
import type { StagesState } from '../../core/onboarding/state.ts'
import { EmailTask } from '../account/EmailTask.tsx'
import { PageTask } from '../account/PageTask.tsx'
import { useActions } from '../bridge.tsx'
import { useWords } from '../i18n/words.tsx'
import { Button } from '../parts/Button.tsx'
import { BackButton, Exit, Title } from '../parts/Floor.tsx'
import { Notice } from '../parts/Notice.tsx'

/** What the homeserver asks for before it makes the account: a mail, a page in the browser. It goes on by itself. */
export function Stages({ state }: { readonly state: StagesState }) {
  const { t, say } = useWords()
  const { send } = useActions()
  const server = state.form.homeserver.name
  useLookOnReturn()
  return (
    <>
      <div className="scroll">
        <Title text={t('stages.title')} />
        <p className="lead">{say('stages.lead', { server })}</p>
        {state.problem !== null && (
          <div className="section">
            <Notice icon="clock">{say('stages.unreachable', { server })}</Notice>
          </div>
        )}
        <ol className="tasks">
          {state.tasks.map((task) =>
            task.kind === 'email' ? (
              <EmailTask key="email" task={task} server={server} />
            ) : (
              <PageTask key={task.stage} task={task} server={server} />
            ),
          )}
        </ol>
      </div>
      <Exit>
        <BackButton onBack={() => send({ type: 'back' })} />
        <span className="grow" />
        {state.form.ways.length > 1 && (
          <Button kind="text" isMid onPress={() => send({ type: 'back' })}>
            {t('stages.otherWay')}
          </Button>
        )}
      </Exit>
    </>
  )
}

// Whoever comes back from the mail or the browser has most likely done something there.
function useLookOnReturn(): void {
  const { send } = useActions()
  useEffect(() => {
    const look = (): void => send({ type: 'checkAgain' })
    window.addEventListener('focus', look)
    return () => window.removeEventListener('focus', look)
  }, [send])
}
