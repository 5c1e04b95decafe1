import type { BrowserProblem, BrowserState } from '../../core/onboarding/state.ts'
import { useActions } from '../bridge.tsx'
import { countdown } from '../i18n/time.ts'
import { useWords, type Key } from '../i18n/words.tsx'
import { Button } from '../parts/Button.tsx'
import type { IconName } from '../parts/Icon.tsx'
import { Notice } from '../parts/Notice.tsx'
import { useNow } from '../parts/use-now.ts'

interface Props {
  readonly state: BrowserState
  readonly problem: BrowserProblem
}

type Sign = readonly [icon: IconName, isWrong: boolean]
const waiting: Sign = ['clock', false]
const calm: Sign = ['browser', false]
const wrong: Sign = ['warn', true]
const signs: Record<BrowserProblem['kind'], Sign> = {
  denied: calm,
  timedOut: waiting,
  codeExpired: waiting,
  noCode: calm,
  interrupted: calm,
  rateLimited: waiting,
  mixedUp: wrong,
  noWayBack: wrong,
  noBrowser: wrong,
  unreachable: wrong,
  unknown: wrong,
}

/** Why nobody came back from the browser, and how to go on. */
export function BrowserTrouble({ state, problem }: Props) {
  const { t, say, language } = useWords()
  const { send } = useActions()
  const now = useNow(problem.kind === 'rateLimited')
  const server = state.homeserver.name
  if (problem.kind === 'rateLimited') {
    const values = { server, time: countdown(problem.retryAt - now, language) }
    return (
      <div className="section">
        <Notice icon="clock" title={t('state.tooMany.title')} isQuiet>
          {say('browser.problem.rateLimited', values)}
        </Notice>
      </div>
    )
  }
  const [icon, isWrong] = signs[problem.kind]
  const isCode = state.way === 'code'
  const again = (
    <Button isSmall onPress={() => send({ type: isCode ? 'showCode' : 'useBrowser' })}>
      {t(isCode ? 'browser.newCode' : 'browser.again')}
    </Button>
  )
  return (
    <div className="section">
      <Notice icon={icon} isWrong={isWrong} action={problem.kind === 'noCode' ? undefined : again}>
        {say(`browser.problem.${problem.kind}` satisfies Key, { server })}
      </Notice>
      {problem.kind === 'unknown' && (
        <details className="details">
          <summary>{t('account.details')}</summary>
          <p className="mono small">{problem.detail}</p>
        </details>
      )}
    </div>
  )
}
