import type { BrowserState } from '../../core/onboarding/state.ts'
import { BrowserTrouble } from '../account/BrowserTrouble.tsx'
import { QrCode } from '../arrival/QrCode.tsx'
import { useActions } from '../bridge.tsx'
import { useWords } from '../i18n/words.tsx'
import { Button } from '../parts/Button.tsx'
import { BackButton, Exit, Title } from '../parts/Floor.tsx'
import { FrontDoor } from '../parts/FrontDoor.tsx'
import { useNow } from '../parts/use-now.ts'

interface Props {
  readonly state: BrowserState
}

/** Signing up or in on the homeserver's own page: waiting for the browser here, or for a code to be entered anywhere. */
export function Browser({ state }: Props) {
  const { t, say } = useWords()
  const { send } = useActions()
  const isCode = state.way === 'code'
  const server = state.homeserver.name
  const isFinishing = state.phase === 'finishing'
  return (
    <>
      <div className="scroll">
        <Title text={t(isCode ? 'browser.codeTitle' : 'browser.title')} />
        <p className="lead">
          {isCode
            ? t(state.code === null ? 'browser.codeLeadClosed' : 'browser.codeLead')
            : say(isOpen(state) ? 'browser.lead' : 'browser.leadClosed', { server })}
        </p>
        {isCode ? <Code state={state} /> : <Steps state={state} />}
        {state.problem === null ? (
          <Waiting state={state} />
        ) : (
          <BrowserTrouble state={state} problem={state.problem} />
        )}
        {isCode && !isFinishing && (
          <button type="button" className="link" onClick={() => send({ type: 'useBrowser' })}>
            {t('browser.codeBack')}
          </button>
        )}
        {!isCode && state.offersCode && !isFinishing && (
          <button type="button" className="link" onClick={() => send({ type: 'showCode' })}>
            {t('browser.code')}
          </button>
        )}
      </div>
      <Exit>
        <BackButton label={t('app.cancel')} onBack={() => send({ type: 'back' })} />
        <span className="grow" />
      </Exit>
    </>
  )
}

function Steps({ state }: Props) {
  const { t } = useWords()
  const open = state.phase === 'finishing' ? 'porch is-open' : 'porch is-open is-ajar'
  return (
    <div className={isOpen(state) ? open : 'porch'}>
      <FrontDoor initials={state.community.initials} />
      <ol className="ways">
        <li>{t(state.intent === 'create' ? 'browser.step1' : 'browser.step1SignIn')}</li>
        <li>{t('browser.step2')}</li>
        <li>{t('browser.step3')}</li>
      </ol>
    </div>
  )
}

function Code({ state }: Props) {
  const { t } = useWords()
  const { code } = state
  if (code === null) return null
  return (
    <div className="code-box">
      <QrCode text={code.link} label={t('browser.codeQr', { address: code.address })} />
      <dl className="stack">
        <div>
          <dt className="small quiet">{t('browser.codeAddress')}</dt>
          <dd className="mono label" dir="ltr">
            {code.address}
          </dd>
        </div>
        <div>
          <dt className="small quiet">{t('browser.codeCode')}</dt>
          <dd className="code" dir="ltr">
            {inGroups(code.userCode)}
          </dd>
        </div>
      </dl>
    </div>
  )
}

function Waiting({ state }: Props) {
  const { t, say } = useWords()
  const { send } = useActions()
  const now = useNow(state.expiresAt !== null)
  const minutes = state.expiresAt === null ? null : Math.max(1, Math.ceil((state.expiresAt - now) / 60_000))
  const server = state.homeserver.name
  const isCode = state.way === 'code'
  const isWaiting = state.phase === 'waiting'
  const title =
    state.phase === 'finishing' ? 'browser.finishing' : isWaiting ? 'browser.waiting' : 'browser.preparing'
  return (
    <div className="notice section">
      <span className="wait" aria-hidden="true" />
      <div>
        <p className="label" role="status">
          {say(title, { server })}
        </p>
        {isWaiting && minutes !== null && (
          <p className="small">
            {say(isCode ? 'browser.codeHint' : 'browser.waitingHint', {
              server,
              time: t('app.minutesShort', { count: minutes }),
            })}
          </p>
        )}
      </div>
      {isWaiting && !isCode && (
        <Button isSmall onPress={() => send({ type: 'openPageAgain' })}>
          {t('browser.again')}
        </Button>
      )}
    </div>
  )
}

function isOpen({ phase }: BrowserState): boolean {
  return phase === 'waiting' || phase === 'finishing'
}

// A code of six or eight is easier to copy in two halves. What has a sign of its own in it stays as the server wrote it.
function inGroups(code: string): string {
  if (!/^[A-Za-z0-9]+$/.test(code) || code.length < 6 || code.length % 2 === 1) return code
  return `${code.slice(0, code.length / 2)}-${code.slice(code.length / 2)}`
}
