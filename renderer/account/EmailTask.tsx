import { useState, type FormEvent } from 'react'
import type { StageTask } from '../../core/onboarding/state.ts'
import { useActions } from '../bridge.tsx'
import { countdown } from '../i18n/time.ts'
import { useWords } from '../i18n/words.tsx'
import { LinkButton } from '../parts/Button.tsx'
import { Field } from '../parts/Field.tsx'
import { Message } from '../parts/Notice.tsx'
import { useNow } from '../parts/use-now.ts'
import { Task } from './Task.tsx'

interface Props {
  readonly task: Extract<StageTask, { kind: 'email' }>
  readonly server: string
}

/** A mail on its way: what to do with it, and what to do when it doesn't come. */
export function EmailTask({ task, server }: Props) {
  const { t, say } = useWords()
  const { send } = useActions()
  const { address, isDone, takesCode, problem, sent } = task
  const text = isDone ? 'stages.mailDone' : takesCode ? 'stages.mailCode' : 'stages.mailText'
  return (
    <Task title={t('stages.mail')} phase={isDone ? 'done' : 'waiting'}>
      <p role="status">{say(text, { server, address })}</p>
      {!isDone && (
        <>
          {takesCode && <CodeForm task={task} />}
          {problem !== null && problem !== 'wrongCode' && (
            <Message tone="wrong">{say(`stages.problem.${problem}`, { server })}</Message>
          )}
          <p className="quiet">
            {sent > 1 ? t('stages.mailAgain', { count: sent }) : t('stages.mailMissing')}
          </p>
          <p className="task-links">
            <Resend task={task} />
            <LinkButton onPress={() => send({ type: 'back' })}>{t('stages.otherAddress')}</LinkButton>
          </p>
        </>
      )}
    </Task>
  )
}

function Resend({ task }: Pick<Props, 'task'>) {
  const { t, language } = useWords()
  const { send } = useActions()
  const now = useNow(true)
  if (task.isBusy && !task.takesCode) return <span className="quiet">{t('stages.mailSending')}</span>
  const wait = task.resendAt - now
  if (wait > 0) {
    return <span className="quiet figure">{t('stages.resendIn', { time: countdown(wait, language) })}</span>
  }
  return <LinkButton onPress={() => send({ type: 'resendEmail' })}>{t('stages.resend')}</LinkButton>
}

function CodeForm({ task }: Pick<Props, 'task'>) {
  const { t } = useWords()
  const { send } = useActions()
  const [code, setCode] = useState('')
  const [isMissing, setMissing] = useState(false)
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault()
    setMissing(code.trim() === '')
    if (code.trim() !== '' && !task.isBusy) send({ type: 'submitCode', code: code.trim() })
  }
  const problem = isMissing
    ? t('stages.codeMissing')
    : task.problem === 'wrongCode'
      ? t('stages.problem.wrongCode')
      : null
  return (
    <form className="link-form" onSubmit={onSubmit} noValidate>
      <Field
        label={t('stages.code')}
        value={code}
        problem={problem}
        input={{ type: 'text', autoComplete: 'one-time-code', dir: 'ltr' }}
        onChange={(next) => {
          setCode(next)
          setMissing(false)
        }}
        after={
          <button type="submit" className="button is-text" aria-disabled={task.isBusy ? true : undefined}>
            {t('stages.codeAction')}
          </button>
        }
      />
    </form>
  )
}
