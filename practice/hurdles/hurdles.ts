import { startCaptchaVerifier, type CaptchaVerifier } from './captcha-verifier.ts'
import { startMailSink, type MailSink } from './mail-sink.ts'

/** What a homeserver leans on that asks newcomers for a mail and a captcha. */
export type Hurdles = {
  readonly mail: MailSink
  readonly captcha: CaptchaVerifier
  readonly close: () => Promise<void>
}

/** Starts a place for mails and a judge of captchas, both on loopback. */
export async function startHurdles(log: (line: string) => void): Promise<Hurdles> {
  const mail = await startMailSink(log)
  const captcha = await startCaptchaVerifier()
  return {
    mail,
    captcha,
    async close() {
      await Promise.all([mail.close(), captcha.close()])
    },
  }
}
