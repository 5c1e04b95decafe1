import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import { Failure, Interrupted } from './failure.ts'

const MOST = 65_536

/**
 * Reads the password or token from standard input, without the line's end. At a terminal it is asked for, and what is
 * typed doesn't show. Rejects with `Interrupted` when aborted.
 */
export async function readSecret(
  input: NodeJS.ReadStream,
  what: string,
  signal: AbortSignal,
): Promise<string> {
  const text = input.isTTY ? await ask(input, what, signal) : await readAll(input, signal)
  const secret = text.replace(/\r?\n$/, '')
  if (secret === '') throw new Failure('usage', `No ${what} came on standard input.`)
  return secret
}

async function readAll(input: NodeJS.ReadStream, signal: AbortSignal): Promise<string> {
  input.setEncoding('utf8')
  let text = ''
  const stop = (): void => void input.destroy()
  signal.addEventListener('abort', stop, { once: true })
  try {
    for await (const chunk of input) {
      text += String(chunk)
      if (text.length > MOST)
        throw new Failure('usage', 'What came on standard input is too long for a secret.')
    }
  } catch (error) {
    if (!signal.aborted) throw error
  } finally {
    signal.removeEventListener('abort', stop)
  }
  if (signal.aborted) throw new Interrupted()
  return text
}

function ask(input: NodeJS.ReadStream, what: string, signal: AbortSignal): Promise<string> {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input, output: silent, terminal: true })
  process.stderr.write(`The ${what} (it doesn’t show): `)
  return new Promise((resolve, reject) => {
    const end = (act: () => void): void => {
      // Closing tells so at once, and would count as an empty line.
      act()
      lines.close()
      process.stderr.write('\n')
    }
    // In this mode the terminal hands Ctrl-C over as a key, so it is passed on as the signal it stands for.
    lines.once('SIGINT', () => process.kill(process.pid, 'SIGINT'))
    signal.addEventListener('abort', () => end(() => reject(new Interrupted())), { once: true })
    lines.once('line', (line) => end(() => resolve(line)))
    lines.once('close', () => resolve(''))
  })
}
