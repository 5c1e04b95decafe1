import { useId, type Ref } from 'react'
import type { Policy } from '../../core/onboarding/state.ts'
import { piecesOfList } from '../i18n/list.tsx'
import { useWords } from '../i18n/words.tsx'
import { Message } from '../parts/Notice.tsx'
import { OutsideLink } from '../parts/OutsideLink.tsx'

interface Props {
  readonly policies: readonly Policy[]
  readonly server: string
  readonly isAccepted: boolean
  readonly isMissing: boolean
  readonly inputRef: Ref<HTMLInputElement>
  readonly onChange: (isAccepted: boolean) => void
}

/** One tick for all policies of the homeserver, each with its link. */
export function TermsField({ policies, server, isAccepted, isMissing, inputRef, onChange }: Props) {
  const { t, say, language } = useWords()
  const id = useId()
  const links = piecesOfList(
    policies.map((policy) => (
      <OutsideLink key={policy.id} to={policy.url}>
        <bdi>{policy.name}</bdi>
      </OutsideLink>
    )),
    language,
  )
  return (
    <div className={isMissing ? 'field is-wrong' : 'field'}>
      <label className="tick">
        <input
          type="checkbox"
          ref={inputRef}
          checked={isAccepted}
          aria-invalid={isMissing ? true : undefined}
          aria-describedby={isMissing ? id : undefined}
          onChange={(event) => onChange(event.target.checked)}
        />
        <span>{say('account.termsOf', { server }, { policies: () => links })}</span>
      </label>
      {isMissing && (
        <Message tone="wrong" id={id}>
          {t('account.termsMissing')}
        </Message>
      )}
    </div>
  )
}
