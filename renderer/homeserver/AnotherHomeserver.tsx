import { useState } from 'react'
import type { HomeserverState } from '../../core/onboarding/state.ts'
import { useActions } from '../bridge.tsx'
import { useWords } from '../i18n/words.tsx'
import { InstitutionSearch } from './InstitutionSearch.tsx'
import { TypedHomeserver } from './TypedHomeserver.tsx'

interface Props {
  readonly state: HomeserverState
  /** Other suggestions take the place of these, and of the button that was pressed. */
  readonly onOthers: () => void
}

/** The ways past the list: a university's homeserver, any other, further suggestions. */
export function AnotherHomeserver({ state, onOthers }: Props) {
  const { t } = useWords()
  const { send } = useActions()
  const { another } = state
  const others = state.round?.others ?? 'none'
  const [isInstitution, setInstitution] = useState(false)
  const isOpen = another.kind !== 'closed'
  const toggle = (institution: boolean): void => {
    const closes = isOpen && institution === isInstitution
    setInstitution(institution)
    send({ type: 'showAnother', isOpen: !closes })
  }
  return (
    <>
      <div className="others">
        <button
          type="button"
          className="other"
          aria-expanded={isOpen && isInstitution}
          onClick={() => toggle(true)}
        >
          <span>{t('homeserver.institution')}</span>
          <span>{t('homeserver.institutionHint')}</span>
        </button>
        <button
          type="button"
          className="other"
          aria-expanded={isOpen && !isInstitution}
          onClick={() => toggle(false)}
        >
          <span>{t('homeserver.another')}</span>
          <span>{t('homeserver.anotherHint')}</span>
        </button>
        {others !== 'none' && (
          <button type="button" className="other" onClick={onOthers}>
            <span>{t(others === 'further' ? 'homeserver.showOthers' : 'homeserver.showFirst')}</span>
            {others === 'further' && <span>{t('homeserver.showOthersHint')}</span>}
          </button>
        )}
      </div>
      {isOpen &&
        (isInstitution ? <InstitutionSearch another={another} /> : <TypedHomeserver another={another} />)}
    </>
  )
}
