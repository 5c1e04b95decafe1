import { joinedCount, retryable } from '../../core/joining/progress.ts'
import type { DoneState } from '../../core/onboarding/state.ts'
import { Apps } from '../arrival/Apps.tsx'
import { chatApps } from '../arrival/chat-apps.ts'
import { FirstThings } from '../arrival/FirstThings.tsx'
import { Plate } from '../arrival/Plate.tsx'
import { useActions } from '../bridge.tsx'
import { Contact } from '../community/Contact.tsx'
import { ReadingAgain } from '../community/Reading.tsx'
import { useWords, type Words } from '../i18n/words.tsx'
import { Aware } from '../joining/Aware.tsx'
import { Button, LinkButton } from '../parts/Button.tsx'
import { LeaveQuestion, Undo } from '../joining/Undo.tsx'
import { Exit, Title } from '../parts/Floor.tsx'
import { useFolded } from '../parts/Folded.tsx'
import { useToast } from '../parts/Toast.tsx'

const signOutNotes = {
  asking: 'done.stillIn',
  working: 'done.signingOut',
  done: 'done.signedOut',
  failed: 'done.signOutFailed',
} as const

const MANY = 30

/** You're in: the address, the app, first moves, and what stayed closed. */
export function Arrival({ state }: { readonly state: DoneState }) {
  const { t, say } = useWords()
  const { send, openExternal } = useActions()
  const [toast, showToast] = useToast()
  const { account, community, progress } = state
  const closed = progress.lines.filter((line) => line.status !== 'joined')
  const name = account.userId.replace(/^@/, '').replace(/:.*$/, '')
  const [shown, more] = useFolded(closed, MANY)
  const mayRetry = state.signOut === 'asking'
  const element = chatApps(community)[0]
  return (
    <>
      <div className="scroll">
        <Title isArrival text={t('done.title', { name })}>
          {say('done.title', { name })}
        </Title>
        <p className="lead">{leadOf(state, t)}</p>
        <Plate address={account.userId} label={t('done.id')} />
        <Apps community={community} />
        <FirstThings state={state} />
        <ReadingAgain community={community} />
        {closed.length > 0 && (
          <section className="section">
            <div className="section-head">
              <h2>{t('done.restTitle')}</h2>
              <ReportLinks onSaved={showToast} />
            </div>
            {shown.map((line) => (
              <Aware
                key={line.key}
                line={line}
                isOpen={closed.length <= 5}
                context={{ community, account, isOver: true, mayRetry }}
                onCopied={() => showToast(t('app.copied'))}
              />
            ))}
            {more !== null && <p className="after-list">{more}</p>}
          </section>
        )}
        {mayRetry && <Undo progress={progress} account={account} />}
        <Contact contact={community.contact} />
        <SignOutNote state={state} />
        {closed.length === 0 && <ReportLinks onSaved={showToast} />}
        {toast}
      </div>
      <Exit>
        <Button kind="text" isMid onPress={() => send({ type: 'addAnother' })}>
          {t('done.again')}
        </Button>
        <span className="grow" />
        <Button kind="main" onPress={() => element && openExternal(element.open)}>
          {t('done.action')}
        </Button>
      </Exit>
      {state.asks === 'leave' && <LeaveQuestion community={community.name} />}
    </>
  )
}

// While rooms could still open, the newcomer decides when the session ends.
function SignOutNote({ state }: { readonly state: DoneState }) {
  const { t } = useWords()
  const { send } = useActions()
  const { lines } = state.progress
  const keys = retryable(lines).map((line) => line.key)
  const isAwaited = state.signOut === 'asking' && lines.some((line) => line.status === 'asked')
  return (
    <div className="section">
      <p className="small quiet" role="status">
        {t(isAwaited ? 'done.stillInAsked' : signOutNotes[state.signOut])}
      </p>
      {state.signOut === 'asking' && (
        <p className="offers after-note">
          {keys.length > 0 && (
            <Button isSmall onPress={() => send({ type: 'retryRooms', keys })}>
              {t('done.retry', { count: keys.length })}
            </Button>
          )}
          <Button isSmall onPress={() => send({ type: 'stopAndSignOut' })}>
            {t('done.signOut')}
          </Button>
        </p>
      )}
    </div>
  )
}

function ReportLinks({ onSaved }: { readonly onSaved: (text: string) => void }) {
  const { t } = useWords()
  const { saveReport } = useActions()
  const save = async (format: 'text' | 'json'): Promise<void> => {
    const place = await saveReport(format)
    if (place !== null) onSaved(t('state.reported', { place }))
  }
  return (
    <span className="report-links">
      <LinkButton isSmall onPress={() => void save('text')}>
        {t('done.report')}
      </LinkButton>
      <LinkButton isSmall label={t('done.reportDataLabel')} onPress={() => void save('json')}>
        {t('done.reportData')}
      </LinkButton>
    </span>
  )
}

function leadOf({ progress }: DoneState, t: Words['t']): string {
  const all = progress.lines.length
  const joined = joinedCount(progress.lines)
  if (joined === all) return t('done.leadAll', { count: all })
  if (joined === 0) return t('done.leadNone')
  const closed = progress.lines.filter((line) => line.status !== 'joined')
  const needSomeone = closed.every((line) => line.reason === 'invite' || line.reason === 'asked')
  return needSomeone
    ? t('done.lead', { joined, all, count: closed.length })
    : t('done.leadSome', { joined, all })
}
