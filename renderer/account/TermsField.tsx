import { useId, useState, type Ref } from 'react'
import type { Policy } from '../../core/onboarding/state.ts'
import { piecesOfList } from '../i18n/list.tsx'
import { useWords } from '../i18n/words.tsx'
import { Icon } from '../parts/Icon.tsx'
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

/** One tick for all policies of the homeserver, each with its link and a sign once it was opened. */
export function TermsField({ policies, server, isAccepted, isMissing, inputRef, onChange }: Props) {
  const { t, say, language } = useWords()
  const id = useId()
  const [opened, setOpened] = useState<readonly string[]>([])
  const links = piecesOfList(
    policies.map((policy) => (
      <span key={policy.id} lang={policy.language} className="policy">
        <OutsideLink to={policy.url} onOpen={() => setOpened([...opened, policy.id])}>
          <bdi>{policy.name}</bdi>
        </OutsideLink>
        {opened.includes(policy.id) && (
          <>
            {' '}
            <Icon name="check" isSmall />
            <span className="aside-text">{t('account.termsOpened')}</span>
          </>
        )}
      </span>
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
