import type { ReactNode, Ref } from 'react'
import { useWords, type Key } from '../i18n/words.tsx'
import { useActions } from '../bridge.tsx'
import { LinkButton } from '../parts/Button.tsx'
import { Field } from '../parts/Field.tsx'

/** What can be wrong with an address, as the homeserver says. */
export type EmailProblemKind = 'emailInUse' | 'emailDenied' | 'emailInvalid' | 'emailNotSent'

interface Props {
  readonly value: string
  readonly server: string
  readonly problem: EmailProblemKind | null
  readonly isMissing: boolean
  readonly inputRef: Ref<HTMLInputElement>
  readonly onChange: (address: string) => void
  readonly onLeave: () => void
}

/** The address that the homeserver has confirmed by a mail. */
export function EmailField({ value, server, problem, isMissing, inputRef, onChange, onLeave }: Props) {
  const { t, say } = useWords()
  const { send } = useActions()
  return (
    <Field
      label={t('account.email')}
      value={value}
      inputRef={inputRef}
      problem={problemSentence()}
      say={<p className="hint">{say('account.emailHint', { server })}</p>}
      input={{ type: 'email', autoComplete: 'email', dir: 'ltr', onBlur: onLeave }}
      onChange={onChange}
    >
      {problem === 'emailInUse' && value.trim() !== '' && (
        <p className="one-click">
          <LinkButton onPress={() => send({ type: 'goToSignIn', id: value.trim() })}>
            <span>{say('account.signInWith', { id: value.trim() })}</span>
          </LinkButton>
        </p>
      )}
    </Field>
  )

  function problemSentence(): ReactNode {
    if (isMissing || (problem === 'emailInvalid' && value === '')) return t('account.emailMissing')
    return problem === null ? null : say(sentences[problem], { server })
  }
}

const sentences = {
  emailInUse: 'account.emailInUse',
  emailDenied: 'account.emailDenied',
  emailInvalid: 'account.emailInvalid',
  emailNotSent: 'account.emailNotSent',
} as const satisfies Record<EmailProblemKind, Key>
