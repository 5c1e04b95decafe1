import { useEffect, useState, type ReactNode, type Ref } from 'react'
import { useWords, type Key } from '../i18n/words.tsx'
import { Button } from '../parts/Button.tsx'
import { Field } from '../parts/Field.tsx'
import { loadJudge, type Strength } from './strength.ts'

interface Props {
  readonly value: string
  readonly onChange: (password: string) => void
  readonly problem: ReactNode
  /** A new password gets a meter and suggestions; an old one gets neither. */
  readonly isNew: boolean
  /** Words that are no secret, such as the username. */
  readonly known?: readonly string[]
  readonly inputRef?: Ref<HTMLInputElement>
  readonly say?: ReactNode
  readonly children?: ReactNode
  readonly onCapsLock?: (isOn: boolean) => void
}

/** A password that can be looked at, and for a new one suggested and judged. */
export function PasswordField(props: Props) {
  const { t } = useWords()
  const [isShown, setShown] = useState(false)
  const { value, isNew } = props
  const suggest = async (): Promise<void> => {
    const judge = await loadJudge()
    props.onChange(judge.suggest())
    setShown(true)
  }
  const buttons = (
    <>
      <Button kind="text" onPress={() => setShown(!isShown)}>
        {t(isShown ? 'account.passwordHide' : 'account.passwordShow')}
      </Button>
      {isNew && !(isShown && value !== '') && (
        <Button kind="text" onPress={() => void suggest()}>
          {t('account.passwordSuggest')}
        </Button>
      )}
    </>
  )
  const strength = useStrength(isNew ? value : '', props.known ?? [])
  const verdict = isNew ? (
    <p className="small quiet">{t(strength === null ? 'account.passwordHint' : verdicts[strength])}</p>
  ) : (
    (props.say ?? null)
  )
  return (
    <Field
      label={t(isNew ? 'account.password' : 'signin.password')}
      value={value}
      onChange={props.onChange}
      problem={props.problem}
      say={verdict}
      after={buttons}
      {...(props.inputRef === undefined ? {} : { inputRef: props.inputRef })}
      input={{
        type: isShown ? 'text' : 'password',
        autoComplete: isNew ? 'new-password' : 'current-password',
        dir: 'ltr',
        onKeyUp: (event) => props.onCapsLock?.(event.getModifierState('CapsLock')),
      }}
      meter={strength === null ? null : <Meter strength={strength} />}
    >
      {props.children}
    </Field>
  )
}

const verdicts = {
  1: 'account.strength.weak',
  2: 'account.strength.fair',
  3: 'account.strength.good',
  4: 'account.strength.strong',
} as const satisfies Record<Strength, Key>

function Meter({ strength }: { readonly strength: Strength }) {
  const { t } = useWords()
  return (
    <div className="meter" role="img" aria-label={t('account.strengthLabel', { level: strength })}>
      {[1, 2, 3, 4].map((level) => (
        <i key={level} className={level <= strength ? 'is-on' : undefined} />
      ))}
    </div>
  )
}

function useStrength(password: string, known: readonly string[]): Strength | null {
  const [strength, setStrength] = useState<Strength | null>(null)
  const knownWords = known.join(' ')
  useEffect(() => {
    if (password === '') return undefined
    let isCurrent = true
    const judge = async (): Promise<void> => {
      const { strengthOf } = await loadJudge()
      if (isCurrent) setStrength(strengthOf(password, knownWords.split(' ')))
    }
    void judge()
    return () => {
      isCurrent = false
    }
  }, [password, knownWords])
  // The last verdict stays until the next one, so that the meter doesn't flicker.
  return password === '' ? null : strength
}
