import { useCallback, useEffect, useId, useRef, useState, type FormEvent, type ReactNode } from 'react'
import { mailDomainOf, parseHomeserverInput, withServer } from '../../core/addresses/homeserver-input.ts'
import type { LookUpProblem, SignInState } from '../../core/onboarding/state.ts'
import { Providers } from '../account/Providers.tsx'
import { PasswordField } from '../account/PasswordField.tsx'
import { isStepProblem, ProblemNotice, useFocusWrong, useProblem } from '../account/problems.tsx'
import { useActions } from '../bridge.tsx'
import { DidYouMean, useLookUpWords } from '../homeserver/look-up.tsx'
import { useWords } from '../i18n/words.tsx'
import { Button } from '../parts/Button.tsx'
import { Field } from '../parts/Field.tsx'
import { BackButton, Exit, Title } from '../parts/Floor.tsx'
import { Icon } from '../parts/Icon.tsx'
import { Message, Notice } from '../parts/Notice.tsx'
import { OutsideLink } from '../parts/OutsideLink.tsx'

const LOOK_UP_AFTER = 500
// Element can reset a password on any homeserver; Foyer has nothing of its own for that.
const RESET_PASSWORD = 'https://app.element.io/#/forgot_password'

/** Signing in to an account that exists. */
export function SignIn({ state }: { readonly state: SignInState }) {
  const { t, say } = useWords()
  const { send } = useActions()
  const form = useId()
  const [id, setId] = useState(state.knownId ?? '')
  const [password, setPassword] = useState('')
  const [isCapsLock, setCapsLock] = useState(false)
  const [missing, setMissing] = useState<'id' | 'password' | null>(null)
  const [problem, mend, ask] = useProblem(state.problem)
  const idField = useRef<HTMLInputElement>(null)
  const passwordField = useRef<HTMLInputElement>(null)
  const server = state.homeserver?.name ?? null
  const isWrong = problem?.kind === 'wrongPassword'
  // An e-mail address may well belong to an account on the homeserver that was chosen before.
  const isMailHere = state.lookup === 'mailOnly' && server !== null && mailDomainOf(id) !== null
  const failure = isMailHere ? null : lookUpFailure(state.lookup)
  const isUnknown = failure !== null
  const lookUpWords = useLookUpWords()
  const own = state.own !== null && state.own.server === server ? state.own : null
  // Its own page asks for the password, and for the name if that is still to be typed.
  const isInBrowser =
    server !== null && !state.acceptsPassword && (state.lookup === 'found' || !isElsewhere(id, server))
  const isSignOnOnly = isInBrowser && state.providers !== null
  const lookUp = useLookUp(id, server, state.knownId)
  useFocusWrong(state.isBusy, () => {
    if (isWrong) passwordField.current?.focus()
    else if (isUnknown) idField.current?.focus()
  })

  const onSubmit = (event: FormEvent): void => {
    event.preventDefault()
    if (state.isBusy) return
    // Who is to vouch for somebody, they choose themselves.
    if (isSignOnOnly) return
    if (isInBrowser) return send({ type: 'signInInBrowser' })
    ask()
    // A bare name says enough only where the homeserver is known.
    const isNobody = id.trim() === '' || (server === null && serverTypedIn(id) === null)
    const empty = isNobody ? 'id' : password === '' ? 'password' : null
    setMissing(empty)
    if (empty !== null) return (empty === 'id' ? idField : passwordField).current?.focus()
    // Before the answer comes, so that its sentence names the right homeserver.
    lookUp()
    // Whose server an e-mail address leads to has to be known first.
    if (server === null && mailDomainOf(id) !== null) return
    send({ type: 'signIn', id: id.trim(), password })
  }
  return (
    <>
      <div className="scroll">
        <Title text={t('signin.title')} />
        <p className="lead">{t('signin.lead')}</p>
        {state.errand !== undefined && (
          <div className="section">
            <Notice icon="key">
              {say(state.errand.kind === 'leave' ? 'joined.signInLeave' : 'joined.signIn', {
                account: state.errand.userId,
                community: state.community.name,
              })}
            </Notice>
          </div>
        )}
        {own !== null && (
          <div className="section">
            <Notice icon="key">
              {own.institution === null
                ? say('signin.own', { server: own.server })
                : say(own.login === undefined ? 'signin.ownAt' : 'signin.ownWith', {
                    server: own.server,
                    institution: own.institution,
                    login: own.login ?? '',
                  })}
            </Notice>
          </div>
        )}
        {problem !== null && isStepProblem(problem) && !isUnknown && (
          <div className="section">
            <ProblemNotice problem={problem} server={server ?? t('app.itsServer')} isSigningIn />
          </div>
        )}
        <form className="form" id={form} onSubmit={onSubmit} noValidate>
          <Field
            label={t('signin.id')}
            value={id}
            inputRef={idField}
            problem={idProblem()}
            say={idSay()}
            input={{ type: 'text', autoComplete: 'username', dir: 'ltr' }}
            onChange={(next) => {
              setId(next)
              setMissing(null)
            }}
          >
            {isUnknown && state.suggestion !== null && (
              <DidYouMean server={state.suggestion} onPick={(meant) => setId(withServer(id, meant))} />
            )}
          </Field>
          {!isInBrowser && (
            <PasswordField
              isNew={false}
              value={password}
              inputRef={passwordField}
              problem={passwordProblem()}
              say={isCapsLock ? <p className="hint">{t('signin.caps')}</p> : null}
              onCapsLock={setCapsLock}
              onChange={(next) => {
                setPassword(next)
                setMissing(null)
                if (isWrong) mend()
              }}
            >
              {isWrong && (
                <OutsideLink to={RESET_PASSWORD} className="link">
                  {t('signin.forgot')}
                  <Icon name="outside" isSmall isFlipped />
                </OutsideLink>
              )}
            </PasswordField>
          )}
        </form>
        {state.providers !== null && (
          <Providers providers={state.providers} server={server ?? ''} isOnly={isSignOnOnly} />
        )}
      </div>
      <Exit>
        <BackButton onBack={() => send({ type: 'back' })} />
        <span className="grow" />
        {state.errand === undefined && (
          <Button kind="text" isMid onPress={() => send({ type: 'goToCreate' })}>
            {t('signin.create')}
          </Button>
        )}
        {!isSignOnOnly && (
          <Button kind="main" form={form} isBusy={state.isBusy}>
            {t(isInBrowser ? 'signin.browserAction' : state.isBusy ? 'signin.working' : 'signin.action')}
          </Button>
        )}
      </Exit>
    </>
  )

  function idProblem(): ReactNode {
    if (missing === 'id') return t('signin.idMissing')
    const typed = serverTypedIn(id)
    return failure !== null && typed !== null ? lookUpWords(failure, typed, state.suggestion) : null
  }

  function idSay(): ReactNode {
    if (state.lookup === 'looking') return <Message tone="wait">{t('signin.looking')}</Message>
    if (state.lookup === 'found' && server !== null) {
      const key = state.acceptsPassword ? 'signin.found' : 'signin.foundBrowser'
      return state.acceptsPassword ? (
        <Message tone="good">{say(key, { server })}</Message>
      ) : (
        <p className="hint">{say(key, { server })}</p>
      )
    }
    if (isMailHere)
      return <p className="hint">{say('lookup.mailOnlyHere', { mail: mailDomainOf(id) ?? '', server })}</p>
    if (isInBrowser && !isSignOnOnly) return <p className="hint">{say('signin.foundBrowser', { server })}</p>
    return <p className="hint">{server === null ? t('signin.idHint') : say('signin.idHintOn', { server })}</p>
  }

  function passwordProblem(): ReactNode {
    if (missing === 'password') return t('signin.passwordMissing')
    if (!isWrong) return null
    return say(isCapsLock ? 'signin.wrongCaps' : 'signin.wrong', { server: server ?? t('app.itsServer') })
  }
}

/** The server that an ID, an address or an e-mail address names, or null. */
function serverTypedIn(text: string): string | null {
  const typed = parseHomeserverInput(text)
  return typed.ok ? typed.value.serverName : mailDomainOf(text)
}

function isElsewhere(text: string, server: string): boolean {
  const typed = serverTypedIn(text)
  return typed !== null && typed !== server
}

function lookUpFailure(lookup: SignInState['lookup']): LookUpProblem | null {
  return lookup === 'idle' || lookup === 'looking' || lookup === 'found' ? null : lookup
}

// Looks the homeserver up once the newcomer pauses, or at once when asked to. A bare name needs none where the
// homeserver is known already.
function useLookUp(text: string, server: string | null, known: string | null): () => void {
  const { send } = useActions()
  // What the screen began with was looked up already, or belongs to the homeserver it began with.
  const asked = useRef(known === null ? null : serverTypedIn(known))
  const lookUp = useCallback((): void => {
    const typed = serverTypedIn(text)
    if (typed === null || typed === asked.current || typed === server) return
    asked.current = typed
    send({ type: 'lookUpId', text })
  }, [text, server, send])
  useEffect(() => {
    const timer = setTimeout(lookUp, LOOK_UP_AFTER)
    return () => clearTimeout(timer)
  }, [lookUp])
  return lookUp
}
