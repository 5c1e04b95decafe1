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

/** Says why no homeserver was found under a name, and what to do about it. */
export function useLookUpWords(): (problem: LookUpProblem, server: string) => ReactNode {
  const { say } = useWords()
  return (problem, server) => say(sentences[problem], { server })
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
      <LinkButton onPress={() => onPick(server)}>{say('lookup.didYouMean', { server })}</LinkButton>
    </p>
  )
}
