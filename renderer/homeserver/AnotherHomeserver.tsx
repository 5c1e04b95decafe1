import { useState } from 'react'
import type { HomeserverState } from '../../core/onboarding/state.ts'
import { useActions } from '../bridge.tsx'
import { useWords } from '../i18n/words.tsx'
import { InstitutionSearch } from './InstitutionSearch.tsx'
import { TypedHomeserver } from './TypedHomeserver.tsx'

/** The ways past the list: an account one has, a university's homeserver, any other. */
export function AnotherHomeserver({ another }: { readonly another: HomeserverState['another'] }) {
  const { t } = useWords()
  const { send } = useActions()
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
        <button type="button" className="other" onClick={() => send({ type: 'goToSignIn' })}>
          <span>{t('homeserver.have')}</span>
          <span>{t('homeserver.haveHint')}</span>
        </button>
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
      </div>
      {isOpen &&
        (isInstitution ? <InstitutionSearch another={another} /> : <TypedHomeserver another={another} />)}
    </>
  )
}
