import { useEffect, useRef, type ReactNode, type Ref } from 'react'
import type { UsernameCheck } from '../../core/onboarding/state.ts'
import { useActions } from '../bridge.tsx'
import { useWords } from '../i18n/words.tsx'
import { Button, LinkButton } from '../parts/Button.tsx'
import { Field } from '../parts/Field.tsx'
import { Message } from '../parts/Notice.tsx'
import { accountTyped, tidied, wrongCharacter } from './username.ts'

const ASK_AFTER = 400

interface Props {
  readonly value: string
  readonly server: string
  readonly check: UsernameCheck
  /** The answer to an attempt to register, where it was about the name. */
  readonly refusal: 'usernameTaken' | 'usernameInvalid' | null
  readonly isMissing: boolean
  readonly inputRef: Ref<HTMLInputElement>
  readonly onChange: (username: string) => void
}

/** The name in front of the server; reads as the finished address and is checked while typing. */
export function UsernameField(props: Props) {
  const { t, say } = useWords()
  const { send } = useActions()
  const { value, server, refusal } = props
  useCheck(value)
  const check = props.check.kind !== 'none' && props.check.username === value ? props.check : null
  const wrong = wrongCharacter(value)
  const offers = check?.kind === 'taken' ? check.offers : []
  const account = accountTyped(value)
  const isTaken = check?.kind === 'taken' || refusal === 'usernameTaken'
  // Whose name is taken may be the one who took it.
  const own = account === null ? (isTaken ? value : null) : account.id
  return (
    <Field
      label={t('account.username')}
      value={value}
      onChange={(text) => props.onChange(tidied(text, server))}
      inputRef={props.inputRef}
      problem={problemOf()}
      say={sayOf()}
      before={
        <span className="affix is-start" aria-hidden="true">
          @
        </span>
      }
      after={<bdi className="affix">:{server}</bdi>}
      input={{ type: 'text', autoComplete: 'username', dir: 'ltr' }}
    >
      {offers.length > 0 && (
        <div className="offers">
          {offers.map((offer) => (
            <Button key={offer} isSmall onPress={() => props.onChange(offer)}>
              <bdi>{offer}</bdi>
            </Button>
          ))}
        </div>
      )}
      {own !== null && (
        <p className="one-click">
          <LinkButton onPress={() => send({ type: 'goToSignIn', id: own })}>
            {account === null ? t('account.isMine') : <span>{say('account.signInWith', { id: own })}</span>}
          </LinkButton>
        </p>
      )}
    </Field>
  )

  function problemOf(): ReactNode {
    if (account !== null)
      return t(account.kind === 'email' ? 'account.usernameIsEmail' : 'account.usernameIsId')
    if (wrong !== null) {
      const character = wrong.trim() === '' ? t('account.character.space') : wrong
      return say('account.usernameInvalid', { name: value, character })
    }
    if (check?.kind === 'taken') {
      return say(offers.length > 0 ? 'account.usernameTaken' : 'account.usernameTakenNow', {
        server,
        name: value,
      })
    }
    if (refusal === 'usernameTaken') return say('account.usernameTakenNow', { server, name: value })
    if (check?.kind === 'invalid' || refusal === 'usernameInvalid') {
      return say('account.usernameRefused', { server, name: value })
    }
    return props.isMissing && value === '' ? t('account.usernameMissing') : null
  }

  function sayOf(): ReactNode {
    if (check?.kind === 'checking') {
      return <Message tone="wait">{say('account.usernameChecking', { name: value })}</Message>
    }
    if (check?.kind === 'free') {
      return (
        <Message tone="good">
          {say('account.usernameFree', { name: value })} {t('account.usernameHint')}
        </Message>
      )
    }
    return <p className="hint">{t('account.usernameHint')}</p>
  }
}

// Asks the server once the newcomer pauses; main gives up questions that have been overtaken.
function useCheck(username: string): void {
  const { send } = useActions()
  const asked = useRef('')
  useEffect(() => {
    if (username === '' || username === asked.current || wrongCharacter(username) !== null) return undefined
    const timer = setTimeout(() => {
      asked.current = username
      send({ type: 'checkUsername', username })
    }, ASK_AFTER)
    return () => clearTimeout(timer)
  }, [username, send])
}
