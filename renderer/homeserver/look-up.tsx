import type { ReactNode } from 'react'
import type { LookUpProblem } from '../../core/onboarding/state.ts'
import { useWords, type Key } from '../i18n/words.tsx'
import { LinkButton } from '../parts/Button.tsx'

const sentences: Readonly<Record<LookUpProblem, Key>> = {
  notAServer: 'homeserver.notAServer',
  noServer: 'state.noServer',
  brokenFile: 'lookup.brokenFile',
  wrongAddress: 'lookup.wrongAddress',
  insecure: 'lookup.insecure',
  tooOld: 'lookup.tooOld',
  mailOnly: 'lookup.mailOnly',
}

type LookUpWords = (problem: LookUpProblem, server: string, suggestion?: string | null) => ReactNode

/** Says why no homeserver was found under a name, and what to do about it unless there is a better suggestion. */
export function useLookUpWords(): LookUpWords {
  const { say } = useWords()
  return (problem, server, suggestion = null) => {
    if (problem !== 'noServer') return say(sentences[problem], { server })
    if (suggestion !== null) return say('lookup.notFound', { server })
    return say(server.startsWith('matrix.') ? 'lookup.checkSpelling' : 'state.noServer', { server })
  }
}

interface Props {
  readonly server: string
  readonly onPick: (server: string) => void
}

/** The server that was probably meant; one click takes it. */
export function DidYouMean({ server, onPick }: Props) {
  const { say } = useWords()
  return (
    <p className="did-you-mean" role="status">
      <LinkButton onPress={() => onPick(server)}>
        <span>{say('lookup.didYouMean', { server })}</span>
      </LinkButton>
    </p>
  )
}
