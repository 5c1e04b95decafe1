import { useId, useRef, useState, type FormEvent } from 'react'
import { hasTokenFor } from '../../core/onboarding/moves.ts'
import type { CreateAccountState } from '../../core/onboarding/state.ts'
import { PasswordField } from '../account/PasswordField.tsx'
import { isStepProblem, ProblemNotice, useFocusWrong, useProblem } from '../account/problems.tsx'
import { TermsField } from '../account/TermsField.tsx'
import { wrongCharacter } from '../account/username.ts'
import { UsernameField } from '../account/UsernameField.tsx'
import { useActions } from '../bridge.tsx'
import { useWords } from '../i18n/words.tsx'
import { Button } from '../parts/Button.tsx'
import { Field } from '../parts/Field.tsx'
import { BackButton, Exit, Title } from '../parts/Floor.tsx'

type FieldName = 'username' | 'password' | 'token' | 'terms'

/** Creating an account right here. Everything typed stays, whatever the server says. */
export function CreateAccount({ state }: { readonly state: CreateAccountState }) {
  const { t, say } = useWords()
  const { send } = useActions()
  const form = useId()
  const [username, setUsername] = useState('')
  const [password, setPassword] = useState('')
  const [token, setToken] = useState('')
  const [acceptsTerms, setAcceptsTerms] = useState(false)
  const [missing, setMissing] = useState<readonly FieldName[]>([])
  const [problem, mend, ask] = useProblem(state.problem)
  const usernameInput = useRef<HTMLInputElement>(null)
  const passwordInput = useRef<HTMLInputElement>(null)
  const tokenInput = useRef<HTMLInputElement>(null)
  const termsInput = useRef<HTMLInputElement>(null)
  const server = state.homeserver.name
  const asksForToken = state.needsToken && !hasTokenFor(state, server)
  const wrongField = problem === null ? null : fieldOf(problem.kind)
  useFocusWrong(state.isBusy, () => focus(wrongField))

  const edit = (field: FieldName): void => {
    setMissing(missing.filter((each) => each !== field))
    if (wrongField === field) mend()
  }
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault()
    if (state.isBusy) return
    const empty: FieldName[] = []
    if (username === '' || wrongCharacter(username) !== null) empty.push('username')
    if (password === '') empty.push('password')
    if (asksForToken && token.trim() === '') empty.push('token')
    if (state.policies.length > 0 && !acceptsTerms) empty.push('terms')
    setMissing(empty)
    ask()
    const [first] = empty
    if (first !== undefined) return focus(first)
    send({
      type: 'createAccount',
      username,
      password,
      token: asksForToken ? token.trim() : null,
      acceptsTerms,
    })
  }
  const problems = missing.length + (wrongField === null ? 0 : 1)
  return (
    <>
      <div className="scroll">
        <Title text={t('account.title')} />
        <p className="lead">{say('account.lead', { server })}</p>
        {problem !== null && isStepProblem(problem) && (
          <div className="section">
            <ProblemNotice problem={problem} server={server} isSigningIn={false} />
          </div>
        )}
        <p className="aside-text" role="alert">
          {problems > 0 && t('account.summary', { count: problems })}
        </p>
        <form className="form" id={form} onSubmit={onSubmit} noValidate>
          <UsernameField
            value={username}
            server={server}
            check={state.username}
            refusal={
              problem?.kind === 'usernameTaken' || problem?.kind === 'usernameInvalid' ? problem.kind : null
            }
            isMissing={missing.includes('username')}
            inputRef={usernameInput}
            onChange={(next) => {
              setUsername(next)
              edit('username')
            }}
          />
          <PasswordField
            isNew
            value={password}
            known={[username, server]}
            inputRef={passwordInput}
            problem={passwordProblem()}
            onChange={(next) => {
              setPassword(next)
              edit('password')
            }}
          />
          {state.needsToken && !asksForToken && <p className="hint">{t('account.tokenFromLink')}</p>}
          {asksForToken && (
            <Field
              label={t('account.token')}
              value={token}
              inputRef={tokenInput}
              problem={tokenProblem()}
              say={<p className="hint">{t('account.tokenHint')}</p>}
              input={{ type: 'text', autoComplete: 'off', dir: 'ltr' }}
              onChange={(next) => {
                setToken(next)
                edit('token')
              }}
            />
          )}
          {state.policies.length > 0 && (
            <TermsField
              policies={state.policies}
              server={server}
              isAccepted={acceptsTerms}
              isMissing={missing.includes('terms')}
              inputRef={termsInput}
              onChange={(next) => {
                setAcceptsTerms(next)
                edit('terms')
              }}
            />
          )}
        </form>
      </div>
      <Exit>
        <BackButton onBack={() => send({ type: 'back' })} />
        <span className="grow" />
        <Button kind="text" isMid onPress={() => send({ type: 'goToSignIn' })}>
          {t('account.signIn')}
        </Button>
        <Button kind="main" form={form} isBusy={state.isBusy}>
          {t(state.isBusy ? 'account.working' : 'account.action')}
        </Button>
      </Exit>
    </>
  )

  function focus(field: FieldName | null): void {
    const inputs = { username: usernameInput, password: passwordInput, token: tokenInput, terms: termsInput }
    if (field !== null) inputs[field].current?.focus()
  }

  function passwordProblem(): React.ReactNode {
    if (missing.includes('password')) return t('account.passwordMissing')
    if (problem?.kind !== 'weakPassword') return null
    return problem.minimumLength === null
      ? say('account.passwordWeak', { server })
      : say('account.passwordShort', { server, count: problem.minimumLength })
  }

  function tokenProblem(): React.ReactNode {
    if (missing.includes('token')) return say('account.tokenMissing', { server })
    return problem?.kind === 'wrongToken' ? say('state.token', { server }) : null
  }
}

function fieldOf(kind: NonNullable<CreateAccountState['problem']>['kind']): FieldName | null {
  switch (kind) {
    case 'usernameTaken':
    case 'usernameInvalid':
      return 'username'
    case 'weakPassword':
    case 'wrongPassword':
      return 'password'
    case 'wrongToken':
      return 'token'
    case 'closed':
    case 'needsBrowser':
    case 'rateLimited':
    case 'deactivated':
    case 'unreachable':
    case 'unknown':
      return null
  }
}
