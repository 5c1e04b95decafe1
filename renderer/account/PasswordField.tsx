import { useEffect, useState, type ReactNode, type Ref } from 'react'
import { noPasswordRules, unmetRules, type PasswordRules } from '../../core/onboarding/password-rules.ts'
import { useWords, type Key } from '../i18n/words.tsx'
import { Button } from '../parts/Button.tsx'
import { Field } from '../parts/Field.tsx'
import { ruleWords } from './password-rules.ts'
import { loadJudge, type Strength } from './strength.ts'

interface Props {
  readonly value: string
  readonly onChange: (password: string) => void
  readonly problem: ReactNode
  /** A new password gets a meter and suggestions; an old one gets neither. */
  readonly isNew: boolean
  /** What the homeserver wants in a new one, and which one that is. */
  readonly rules?: PasswordRules
  readonly server?: string
  /** Words that are no secret, such as the username. */
  readonly known?: readonly string[]
  readonly inputRef?: Ref<HTMLInputElement>
  readonly say?: ReactNode
  readonly children?: ReactNode
  readonly onCapsLock?: (isOn: boolean) => void
}

/** A password that can be looked at, and for a new one suggested and judged. */
export function PasswordField(props: Props) {
  const { t, say, language } = useWords()
  const [isShown, setShown] = useState(false)
  const { value, isNew, rules = noPasswordRules } = props
  const suggest = async (): Promise<void> => {
    const judge = await loadJudge()
    props.onChange(judge.suggest(rules))
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
  return (
    <Field
      label={t(isNew ? 'account.password' : 'signin.password')}
      value={value}
      onChange={props.onChange}
      problem={props.problem}
      say={isNew ? verdict() : (props.say ?? null)}
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

  // What the homeserver would refuse comes before how hard it is to guess.
  function verdict(): ReactNode {
    const unmet = ruleWords(unmetRules(rules, value), { t, language })
    if (value !== '' && unmet !== null)
      return <p className="small quiet">{t('account.rulesOpen', { rules: unmet })}</p>
    if (strength !== null) return <p className="small quiet">{t(verdicts[strength])}</p>
    return (
      <p className="small quiet">
        {unmet !== null && <>{say('account.passwordRules', { server: props.server ?? '', rules: unmet })} </>}
        {t('account.passwordHint')}
      </p>
    )
  }
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
