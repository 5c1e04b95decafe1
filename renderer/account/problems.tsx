import { useEffect, useRef, useState } from 'react'
import type { AccountProblem } from '../../core/onboarding/state.ts'
import { useActions } from '../bridge.tsx'
import { countdown } from '../i18n/time.ts'
import { useWords, type Key } from '../i18n/words.tsx'
import { Button } from '../parts/Button.tsx'
import { Notice } from '../parts/Notice.tsx'
import { useNow } from '../parts/use-now.ts'

/** Problems that belong to one field are shown there; these concern the whole step. */
export type StepProblem = Extract<
  AccountProblem,
  {
    kind:
      | 'closed'
      | 'needsBrowser'
      | 'rateLimited'
      | 'deactivated'
      | 'locked'
      | 'suspended'
      | 'awaitingApproval'
      | 'expired'
      | 'sessionExpired'
      | 'unreachable'
      | 'otherAccount'
      | 'unknown'
  }
>

/** True for a problem that no single field can mend. */
export function isStepProblem(problem: AccountProblem): problem is StepProblem {
  return stepProblems.some((kind) => kind === problem.kind)
}

const stepProblems = [
  'closed',
  'needsBrowser',
  'rateLimited',
  'deactivated',
  'locked',
  'suspended',
  'awaitingApproval',
  'expired',
  'sessionExpired',
  'unreachable',
  'otherAccount',
  'unknown',
] as const satisfies readonly StepProblem['kind'][]

interface Props {
  readonly problem: StepProblem
  readonly server: string
  readonly isSigningIn: boolean
}

/** What keeps the whole step from going on, and the way out where there is one. */
export function ProblemNotice({ problem, server, isSigningIn }: Props) {
  const { t, say } = useWords()
  const { send } = useActions()
  const signIn = isSigningIn ? undefined : (
    <Button isSmall onPress={() => send({ type: 'goToSignIn' })}>
      {t('signin.action')}
    </Button>
  )
  const inBrowser = (
    <Button isSmall onPress={() => send({ type: 'signInInBrowser' })}>
      {t('signin.browserAction')}
    </Button>
  )
  switch (problem.kind) {
    case 'closed':
      return (
        <Notice icon="lock" action={signIn}>
          {say('state.closed', { server })}
        </Notice>
      )
    case 'needsBrowser':
      return (
        <Notice icon="browser" action={isSigningIn ? inBrowser : signIn}>
          {say(isSigningIn ? 'signin.foundBrowser' : 'account.problem.needsBrowser', { server })}
        </Notice>
      )
    case 'rateLimited':
      return <Rest retryAt={problem.retryAt} server={server} isSigningIn={isSigningIn} />
    case 'awaitingApproval':
      return (
        <Notice icon="clock" action={signIn}>
          {say('account.problem.awaitingApproval', { server })}
        </Notice>
      )
    case 'deactivated':
    case 'locked':
    case 'suspended':
    case 'expired':
    case 'sessionExpired':
    case 'unreachable':
      return (
        <Notice icon="warn" isWrong>
          {say(sentences[problem.kind], { server })}
        </Notice>
      )
    case 'otherAccount':
      return <Notice icon="key">{say('account.problem.otherAccount', { account: problem.userId })}</Notice>
    case 'unknown':
      return (
        <>
          <Notice icon="warn" isWrong>
            {say('account.problem.unknown', { server })}
          </Notice>
          <details className="details">
            <summary>{t('account.details')}</summary>
            <p className="mono small">{problem.detail}</p>
          </details>
        </>
      )
  }
}

const sentences = {
  deactivated: 'account.problem.deactivated',
  locked: 'account.problem.locked',
  suspended: 'account.problem.suspended',
  expired: 'account.problem.expired',
  sessionExpired: 'account.problem.sessionExpired',
  unreachable: 'account.problem.unreachable',
} as const satisfies Record<string, Key>

function Rest({ retryAt, server, isSigningIn }: Omit<Props, 'problem'> & { readonly retryAt: number }) {
  const { t, say, language } = useWords()
  const now = useNow(true)
  const values = { server, time: countdown(retryAt - now, language) }
  return (
    <Notice icon="clock" title={t('state.tooMany.title')} isQuiet>
      {say(isSigningIn ? 'signin.tooMany' : 'state.tooMany.text', values)}
    </Notice>
  )
}

/**
 * The problem to show now. One that the newcomer has begun to mend is hidden until they ask again; states arrive as
 * fresh copies, so problems are told apart by what they say.
 */
export function useProblem(
  problem: AccountProblem | null,
): readonly [problem: AccountProblem | null, mend: () => void, ask: () => void] {
  const [mended, setMended] = useState<string | null>(null)
  const said = problem === null ? null : JSON.stringify(problem)
  const isHidden = problem === null || said === mended
  return [isHidden ? null : problem, () => setMended(said), () => setMended(null)]
}

/** Puts the focus into the field that has to change, once the server has answered. */
export function useFocusWrong(isBusy: boolean, focus: () => void): void {
  const wasBusy = useRef(isBusy)
  const latest = useRef(focus)
  useEffect(() => {
    latest.current = focus
  })
  useEffect(() => {
    if (wasBusy.current && !isBusy) latest.current()
    wasBusy.current = isBusy
  }, [isBusy])
}
