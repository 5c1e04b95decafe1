import { once } from 'node:events'
import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import PostalMime from 'postal-mime'
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server'
import { portOf } from '../free-ports.ts'

/** A mail that a homeserver has sent. */
export type Mail = {
  readonly to: string
  readonly subject: string
  readonly text: string
  /** Addresses in it, in order. */
  readonly links: readonly string[]
}

/** Takes every mail on loopback, delivers none, and lets tests read them. */
export type MailSink = {
  readonly port: number
  /** Oldest first. */
  readonly mails: readonly Mail[]
  /** The latest mail to an address, once it has come. */
  readonly mailTo: (address: string) => Mail | undefined
  /** May be changed at any time: refuses what comes, or takes it and loses it. */
  readonly faults: { isRefusing: boolean; isLosing: boolean }
  readonly close: () => Promise<void>
}

/** Starts a real SMTP server without encryption or accounts, on a free loopback port. `log` gets the links of each mail. */
export async function startMailSink(log: (line: string) => void): Promise<MailSink> {
  const mails: Mail[] = []
  const faults = { isRefusing: false, isLosing: false }
  const take = async (stream: Readable, session: SMTPServerSession): Promise<Error | null> => {
    const mail = await read(stream, session).catch(() => null)
    if (mail === null || faults.isRefusing) return new Error('No mail today')
    if (faults.isLosing) return null
    mails.push(mail)
    log(`a mail to ${mail.to}: ${mail.links.join(' ')}`)
    return null
  }
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    async onData(stream: SMTPServerDataStream, session: SMTPServerSession, done) {
      done(await take(stream, session))
    },
  })
  // A homeserver that is killed in the middle of a mail is no reason for us to die.
  server.on('error', () => undefined)
  const listener = server.listen(0, '127.0.0.1')
  await once(listener, 'listening')
  return {
    port: portOf(listener),
    mails,
    mailTo: (address) => mails.findLast((mail) => mail.to === address),
    faults,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

async function read(stream: Readable, session: SMTPServerSession): Promise<Mail> {
  const { subject = '', text = '' } = await PostalMime.parse(await buffer(stream))
  const to = session.envelope.rcptTo[0]?.address ?? ''
  return { to, subject, text, links: text.match(/https?:\/\/\S+/g) ?? [] }
}
