import { useMemo } from 'react'
import { freshRoomsOf } from '../../core/joined/fresh.ts'
import type { Errand, RoomsState } from '../../core/onboarding/state.ts'
import { useWords } from '../i18n/words.tsx'
import { Title } from '../parts/Floor.tsx'

interface Props {
  readonly state: RoomsState
  readonly errand: Extract<Errand, { kind: 'news' }>
}

/** The head of the rooms for whoever has come back: how many are new, and that nothing else changes. */
export function NewsHead({ state, errand }: Props) {
  const { t } = useWords()
  const { community, isLoading } = state
  const count = useMemo(() => freshRoomsOf(community, errand).length, [community, errand])
  return (
    <>
      <Title text={t('joined.roomsTitle', { community: community.name })} />
      {count > 0 && <p className="lead">{t('joined.roomsLead', { count })}</p>}
      {count === 0 && !isLoading && <p className="lead">{t('joined.roomsNone')}</p>}
    </>
  )
}
