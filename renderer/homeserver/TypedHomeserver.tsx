import { useEffect, useRef, useState, type FormEvent } from 'react'
import { withServer } from '../../core/addresses/homeserver-input.ts'
import type { HomeserverState } from '../../core/onboarding/state.ts'
import { useActions } from '../bridge.tsx'
import { useWords } from '../i18n/words.tsx'
import { Field } from '../parts/Field.tsx'
import { Message } from '../parts/Notice.tsx'
import { DidYouMean, useLookUpWords } from './look-up.tsx'

interface Props {
  readonly another: Exclude<HomeserverState['another'], { kind: 'closed' }>
}

/** A field for any homeserver, as a name, an address or a Matrix ID. */
export function TypedHomeserver({ another }: Props) {
  const { t, say } = useWords()
  const { send } = useActions()
  const lookUpWords = useLookUpWords()
  const [text, setText] = useState(another.kind === 'open' ? '' : another.serverName)
  const [isEdited, setEdited] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const isLooking = another.kind === 'looking'
  const failure = another.kind === 'failed' && !isEdited ? another : null
  useEffect(() => {
    if (!isLooking) input.current?.focus()
  }, [isLooking])
  const find = (typed: string): void => {
    setEdited(false)
    send({ type: 'findAnother', text: typed })
  }
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault()
    if (!isLooking && text.trim() !== '') find(text)
  }
  return (
    <form className="another" onSubmit={onSubmit} noValidate>
      <Field
        label={t('homeserver.another')}
        value={text}
        onChange={(next) => {
          setText(next)
          setEdited(true)
        }}
        inputRef={input}
        problem={failure && lookUpWords(failure.reason, failure.serverName, failure.suggestion)}
        say={
          isLooking ? (
            <Message tone="wait">{say('homeserver.looking', { server: another.serverName })}</Message>
          ) : (
            <p className="hint">{t('homeserver.anotherHint')}</p>
          )
        }
        input={{ type: 'text', inputMode: 'url', autoComplete: 'off', dir: 'ltr' }}
        after={
          <button type="submit" className="button is-text" aria-disabled={isLooking ? true : undefined}>
            {t('welcome.linkAction')}
          </button>
        }
      >
        {failure !== null && failure.suggestion !== null && (
          <DidYouMean
            server={failure.suggestion}
            onPick={(server) => {
              const meant = withServer(text, server)
              setText(meant)
              find(meant)
            }}
          />
        )}
      </Field>
    </form>
  )
}
