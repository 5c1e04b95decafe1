import { useState, type ReactNode, type Ref } from 'react'
import type { CreateAccountState } from '../../core/onboarding/state.ts'
import { useActions } from '../bridge.tsx'
import { useWords } from '../i18n/words.tsx'
import { Field } from '../parts/Field.tsx'
import { Message } from '../parts/Notice.tsx'

interface Props {
  readonly value: string
  readonly server: string
  readonly check: CreateAccountState['tokenCheck']
  readonly isMissing: boolean
  readonly isRefused: boolean
  readonly inputRef: Ref<HTMLInputElement>
  readonly onChange: (token: string) => void
}

/** The invite code. It is checked when the field is left: servers allow few tries, too few for every letter. */
export function TokenField({ value, server, check, isMissing, isRefused, inputRef, onChange }: Props) {
  const { t, say } = useWords()
  const { send } = useActions()
  const [asked, setAsked] = useState<string | null>(null)
  const code = value.trim()
  const known = asked === code ? check : 'none'
  return (
    <Field
      label={t('account.token')}
      value={value}
      inputRef={inputRef}
      problem={problem()}
      say={sayOf()}
      input={{ type: 'text', autoComplete: 'off', dir: 'ltr', onBlur: ask }}
      onChange={onChange}
    />
  )

  function ask(): void {
    if (code === '' || code === asked) return
    setAsked(code)
    send({ type: 'checkToken', token: code })
  }

  function problem(): ReactNode {
    if (isMissing) return say('account.tokenMissing', { server })
    return isRefused || known === 'bad' ? say('state.token', { server }) : null
  }

  function sayOf(): ReactNode {
    if (known === 'checking') return <Message tone="wait">{t('account.tokenChecking')}</Message>
    if (known === 'good') return <Message tone="good">{t('account.tokenGood')}</Message>
    return <p className="hint">{t('account.tokenHint')}</p>
  }
}
