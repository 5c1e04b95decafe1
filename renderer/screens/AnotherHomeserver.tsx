import { useEffect, useRef, useState, type FormEvent, type ReactNode } from 'react'
import type { HomeserverState } from '../../core/onboarding/state.ts'
import { useActions } from '../bridge.tsx'
import { useWords } from '../i18n/words.tsx'
import { Field } from '../parts/Field.tsx'
import { Message } from '../parts/Notice.tsx'

/** The ways past the list: an account one has, a university's homeserver, any other. */
export function AnotherHomeserver({ another }: { readonly another: HomeserverState['another'] }) {
  const { t } = useWords()
  const { send } = useActions()
  const [isInstitution, setInstitution] = useState(false)
  const isOpen = another.kind !== 'closed'
  const toggle = (institution: boolean): void => {
    const closes = isOpen && institution === isInstitution
    setInstitution(institution)
    send({ type: 'showAnother', isOpen: !closes })
  }
  return (
    <>
      <div className="others">
        <button type="button" className="other" onClick={() => send({ type: 'goToSignIn' })}>
          <span>{t('homeserver.have')}</span>
          <span>{t('homeserver.haveHint')}</span>
        </button>
        <button
          type="button"
          className="other"
          aria-expanded={isOpen && isInstitution}
          onClick={() => toggle(true)}
        >
          <span>{t('homeserver.institution')}</span>
          <span>{t('homeserver.institutionHint')}</span>
        </button>
        <button
          type="button"
          className="other"
          aria-expanded={isOpen && !isInstitution}
          onClick={() => toggle(false)}
        >
          <span>{t('homeserver.another')}</span>
          <span>{t('homeserver.anotherHint')}</span>
        </button>
      </div>
      {isOpen && <AnotherForm key={String(isInstitution)} another={another} isInstitution={isInstitution} />}
    </>
  )
}

interface FormProps {
  readonly another: Exclude<HomeserverState['another'], { kind: 'closed' }>
  readonly isInstitution: boolean
}

function AnotherForm({ another, isInstitution }: FormProps) {
  const { t, say } = useWords()
  const { send } = useActions()
  const [text, setText] = useState(another.kind === 'open' ? '' : another.serverName)
  const [isEdited, setEdited] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const isLooking = another.kind === 'looking'
  useEffect(() => {
    if (!isLooking) input.current?.focus()
  }, [isLooking])
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault()
    if (isLooking || text.trim() === '') return
    setEdited(false)
    send({ type: 'findAnother', text })
  }
  let problem: ReactNode = null
  if (another.kind === 'failed' && !isEdited) {
    problem =
      another.reason === 'notAServer'
        ? t('homeserver.notAServer')
        : say('state.noServer', { server: another.serverName })
  }
  return (
    <form className="another" onSubmit={onSubmit} noValidate>
      <Field
        label={t(isInstitution ? 'homeserver.institutionLabel' : 'homeserver.another')}
        value={text}
        onChange={(next) => {
          setText(next)
          setEdited(true)
        }}
        inputRef={input}
        problem={problem}
        say={
          isLooking ? (
            <Message tone="wait">{say('homeserver.looking', { server: another.serverName })}</Message>
          ) : (
            <p className="hint">
              {t(isInstitution ? 'homeserver.institutionExample' : 'homeserver.anotherHint')}
            </p>
          )
        }
        input={{ type: 'text', inputMode: 'url', autoComplete: 'off', dir: 'ltr' }}
        after={
          <button type="submit" className="button is-text" aria-disabled={isLooking ? true : undefined}>
            {t('welcome.linkAction')}
          </button>
        }
      />
    </form>
  )
}
