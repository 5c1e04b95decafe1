import { needOf } from '../../core/onboarding/sign-up-ways.ts'
import type { StageTask } from '../../core/onboarding/state.ts'
import { pageStages, type Registration } from '../../matrix/account/registration.ts'

/** Between two mails, in milliseconds: the first is most often on its way. */
const RESEND_AFTER = 30_000

/** What is said of the mail beside the registration itself. */
export type EmailNews = Pick<Extract<StageTask, { kind: 'email' }>, 'problem' | 'isBusy'>

/** Stages by what became of their pages. */
export interface Pages {
  readonly opened: ReadonlySet<string>
  /** Those that the homeserver doesn't have. */
  readonly missing: ReadonlySet<string>
}

/** What is to be done outside of Foyer, as the screen shows it. */
export function stageTasks(
  registration: Registration,
  { opened, missing }: Pages,
  news: EmailNews,
): readonly StageTask[] {
  const { email, completed, stages } = registration
  const isDone = (stage: string): boolean => completed.includes(stage)
  const mail: StageTask[] =
    email === null || !stages.includes('m.login.email.identity')
      ? []
      : [
          {
            kind: 'email',
            isDone: isDone('m.login.email.identity'),
            address: email.address,
            resendAt: email.sentAt + RESEND_AFTER * email.attempt,
            sent: email.attempt,
            takesCode: email.submitUrl !== null,
            ...news,
          },
        ]
  const pages = pageStages(registration).map((stage): StageTask => {
    const need = needOf(stage)
    const kind = need === 'captcha' || need === 'phone' ? need : 'page'
    const isMissing = missing.has(stage)
    return { kind, stage, isDone: isDone(stage), isOpened: opened.has(stage) && !isMissing, isMissing }
  })
  return [...mail, ...pages]
}
