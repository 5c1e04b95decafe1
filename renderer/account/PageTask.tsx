import type { StageTask } from '../../core/onboarding/state.ts'
import { useActions } from '../bridge.tsx'
import { useWords, type Key } from '../i18n/words.tsx'
import { Button } from '../parts/Button.tsx'
import { Message } from '../parts/Notice.tsx'
import { Task } from './Task.tsx'

type PageStageTask = Exclude<StageTask, { kind: 'email' }>

/** A page of the homeserver's, in the browser. */
export function PageTask({ task, server }: { readonly task: PageStageTask; readonly server: string }) {
  const { t, say } = useWords()
  const { send } = useActions()
  const { isDone, isOpened, isMissing } = task
  const text = isDone ? 'stages.pageDone' : isOpened ? 'stages.pageWaiting' : 'stages.pageText'
  return (
    <Task
      title={say(titles[task.kind], { server })}
      phase={isDone ? 'done' : isOpened ? 'waiting' : 'open'}
      action={
        <Button isSmall onPress={() => send({ type: 'openStage', stage: task.stage })}>
          {t(isOpened ? 'stages.openAgain' : 'stages.open')}
        </Button>
      }
    >
      {isMissing && !isDone ? (
        <Message tone="wrong">{say('stages.pageMissing', { server })}</Message>
      ) : (
        <p role="status">{say(text, { server })}</p>
      )}
    </Task>
  )
}

const titles = {
  captcha: 'stages.captcha',
  phone: 'stages.phone',
  page: 'stages.page',
} as const satisfies Record<PageStageTask['kind'], Key>
