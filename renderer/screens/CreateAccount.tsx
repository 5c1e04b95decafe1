import { useEffect, useId, useRef, useState, type FormEvent } from 'react'
import { hasTokenFor } from '../../core/onboarding/moves.ts'
import { hasNoRules, unmetRules, type PasswordRules } from '../../core/onboarding/password-rules.ts'
import type { SignUpNeed } from '../../core/onboarding/sign-up-ways.ts'
import type { AccountProblem, CreateAccountState, Policy } from '../../core/onboarding/state.ts'
import { EmailField, type EmailProblemKind } from '../account/EmailField.tsx'
import { OtherWays } from '../account/OtherWays.tsx'
import { PasswordField } from '../account/PasswordField.tsx'
import { ruleWords } from '../account/password-rules.ts'
import { isStepProblem, ProblemNotice, useFocusWrong, useProblem } from '../account/problems.tsx'
import { TermsField } from '../account/TermsField.tsx'
import { TokenField } from '../account/TokenField.tsx'
import { wrongCharacter } from '../account/username.ts'
import { UsernameField } from '../account/UsernameField.tsx'
import { useActions } from '../bridge.tsx'
import { useWords } from '../i18n/words.tsx'
import { Button, LinkButton } from '../parts/Button.tsx'
import { BackButton, Exit, Title } from '../parts/Floor.tsx'

type FieldName = 'username' | 'password' | 'token' | 'email' | 'terms'

/** Creating an account right here. Everything typed stays, whatever the server says. */
export function CreateAccount({ state }: { readonly state: CreateAccountState }) {
  const { t, say, language } = useWords()
  const { send } = useActions()
  const form = useId()
  const [username, setUsername] = useState(state.draft.username)
  const [password, setPassword] = useState('')
  const [token, setToken] = useState('')
  const [email, setEmail] = useState(state.draft.email)
  const [changesPassword, setChangesPassword] = useState(false)
  // The very texts that were agreed to: when the homeserver shows others, nobody has agreed to those.
  const [agreedTo, setAgreedTo] = useState(() => (isAgreed(state) ? textsOf(state.policies) : null))
  const acceptsTerms = state.policies.length > 0 && agreedTo === textsOf(state.policies)
  const [missing, setMissing] = useState<readonly FieldName[]>([])
  const [problem, mend, ask] = useProblem(state.problem)
  const usernameInput = useRef<HTMLInputElement>(null)
  const passwordInput = useRef<HTMLInputElement>(null)
  const tokenInput = useRef<HTMLInputElement>(null)
  const emailInput = useRef<HTMLInputElement>(null)
  const termsInput = useRef<HTMLInputElement>(null)
  const server = state.homeserver.name
  const needs = openNeeds(state)
  const hasLinkToken = needs.includes('token') && hasTokenFor(state, server)
  // Everything is done but the name; another way would only begin anew.
  const isThrough = needs.length === 0 && state.fulfilled.length > 0
  const needsToken = needs.includes('token') && !hasLinkToken
  const needsEmail = needs.includes('email')
  const isAskingPassword = !state.hasPassword || changesPassword
  const wrongField = problem === null ? null : fieldOf(problem.kind)
  useFocusWrong(state.isBusy, () => focus(wrongField))
  useEffect(() => {
    if (changesPassword) passwordInput.current?.focus()
  }, [changesPassword])

  const edit = (field: FieldName): void => {
    setMissing(missing.filter((each) => each !== field))
    if (wrongField === field) mend()
  }
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault()
    if (state.isBusy) return
    const empty: FieldName[] = []
    if (username === '' || wrongCharacter(username) !== null) empty.push('username')
    if (isAskingPassword && !isFit(password, state.passwordRules)) empty.push('password')
    if (needsToken && token.trim() === '') empty.push('token')
    if (needsEmail && email.trim() === '') empty.push('email')
    if (state.policies.length > 0 && !acceptsTerms) empty.push('terms')
    setMissing(empty)
    ask()
    const [first] = empty
    if (first !== undefined) return focus(first)
    send({
      type: 'createAccount',
      username,
      password: isAskingPassword ? password : null,
      token: needsToken ? token.trim() : null,
      email: needsEmail ? email.trim() : null,
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
          {isAskingPassword ? (
            <PasswordField
              isNew
              value={password}
              known={[username, server]}
              rules={state.passwordRules}
              server={server}
              inputRef={passwordInput}
              problem={passwordProblem()}
              onChange={(next) => {
                setPassword(next)
                edit('password')
              }}
            />
          ) : (
            <p className="small quiet">
              {t('account.passwordKept')}{' '}
              <LinkButton onPress={() => setChangesPassword(true)}>{t('account.passwordChange')}</LinkButton>
            </p>
          )}
          {hasLinkToken && <p className="hint">{t('account.tokenFromLink')}</p>}
          {needsToken && (
            <TokenField
              value={token}
              server={server}
              check={state.tokenCheck}
              isMissing={missing.includes('token')}
              isRefused={problem?.kind === 'wrongToken'}
              inputRef={tokenInput}
              onChange={(next) => {
                setToken(next)
                edit('token')
              }}
            />
          )}
          {needsEmail && (
            <EmailField
              value={email}
              server={server}
              problem={problem !== null && isEmailProblem(problem.kind) ? problem.kind : null}
              isMissing={missing.includes('email')}
              inputRef={emailInput}
              onChange={(next) => {
                setEmail(next)
                edit('email')
              }}
              onLeave={() => {
                if (email !== state.draft.email) send({ type: 'draftEmail', email })
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
                setAgreedTo(next ? textsOf(state.policies) : null)
                edit('terms')
              }}
            />
          )}
        </form>
        {needs.some((need) => need !== 'token') && (
          <p className="small quiet after-note">{say('account.nextMore', { server })}</p>
        )}
        {!isThrough && <OtherWays state={state} />}
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
    const inputs = {
      username: usernameInput,
      password: passwordInput,
      token: tokenInput,
      email: emailInput,
      terms: termsInput,
    }
    if (field !== null) inputs[field].current?.focus()
  }

  function passwordProblem(): React.ReactNode {
    const open = unmetRules(state.passwordRules, password)
    if (missing.includes('password'))
      return password === '' ? t('account.passwordMissing') : rulesSentence(open)
    if (problem?.kind === 'passwordAgain') return t('account.passwordAgain')
    if (problem?.kind !== 'weakPassword') return null
    return problem.lacks === null ? say('account.passwordWeak', { server }) : rulesSentence(problem.lacks)
  }

  function rulesSentence(rules: PasswordRules): React.ReactNode {
    return say('account.passwordRules', { server, rules: ruleWords(rules, { t, language }) ?? '' })
  }
}

/** What is still to be brought or done, beside what the homeserver has from an earlier try. */
function openNeeds(state: CreateAccountState): readonly SignUpNeed[] {
  const needs = state.ways[state.way]?.needs ?? []
  return needs.filter((need) => !state.fulfilled.includes(need))
}

function isFit(password: string, rules: PasswordRules): boolean {
  return password !== '' && hasNoRules(unmetRules(rules, password))
}

function textsOf(policies: readonly Policy[]): string {
  return JSON.stringify(policies.map(({ id, version, language, url }) => [id, version, language, url]))
}

// Agreement to a text holds for that version in that language, and for no other.
function isAgreed({ policies, draft }: CreateAccountState): boolean {
  return policies.every((policy) =>
    draft.consents.some(
      (each) => each.id === policy.id && each.version === policy.version && each.language === policy.language,
    ),
  )
}

function isEmailProblem(kind: AccountProblem['kind']): kind is EmailProblemKind {
  return fieldOf(kind) === 'email'
}

function fieldOf(kind: AccountProblem['kind']): FieldName | null {
  switch (kind) {
    case 'usernameTaken':
    case 'usernameInvalid':
      return 'username'
    case 'weakPassword':
    case 'wrongPassword':
    case 'passwordAgain':
      return 'password'
    case 'wrongToken':
      return 'token'
    case 'emailInUse':
    case 'emailDenied':
    case 'emailInvalid':
    case 'emailNotSent':
      return 'email'
    case 'closed':
    case 'needsBrowser':
    case 'rateLimited':
    case 'deactivated':
    case 'locked':
    case 'suspended':
    case 'awaitingApproval':
    case 'expired':
    case 'sessionExpired':
    case 'unreachable':
    case 'otherAccount':
    case 'unknown':
      return null
  }
}
