import type { ReactNode } from 'react'
import type { Community } from '../../core/communities/community.ts'
import { addressOf } from '../../core/communities/look-alikes.ts'
import { useWords, type Key } from '../i18n/words.tsx'
import { Face } from './Face.tsx'

const steps = [
  'app.step.look',
  'app.step.homeserver',
  'app.step.account',
  'app.step.rooms',
  'app.step.join',
] as const satisfies readonly Key[]

interface Props {
  readonly community: Community
  /** Which of the five steps, from 1. */
  readonly step: number
  /** While joining, the wall is a stage: the passage makes room for the hall. */
  readonly isStage: boolean
  readonly children: ReactNode
}

/** The wall at the start side: whose house this is, how far the newcomer has come, and the hall. */
export function Wall({ community, step, isStage, children }: Props) {
  const { t } = useWords()
  return (
    <aside className="wall" aria-label={community.name}>
      <div className="sign">
        <Face community={community} />
        <div>
          <p className="sign-name">
            <bdi>{community.name}</bdi>
          </p>
          {community.mimics !== null && (
            <p className="sign-address address">
              <bdi>{addressOf(community)}</bdi>
            </p>
          )}
          {!isStage && community.roomCount > 0 && (
            <p className="small quiet">{t('app.rooms', { count: community.roomCount })}</p>
          )}
        </div>
      </div>
      <p className="narrow-only small quiet">{t('app.stepOf', { step, total: steps.length })}</p>
      {!isStage && <Passage steps={steps} step={step} label={t('app.passageLabel')} />}
      {children}
    </aside>
  )
}

interface PassageProps {
  readonly steps: readonly Key[]
  /** Which of them, from 1. */
  readonly step: number
  readonly label: string
}

/** The steps of a way, with those behind lit. */
export function Passage({ steps: keys, step, label }: PassageProps) {
  const { t } = useWords()
  return (
    <ol className="passage" aria-label={label}>
      {keys.map((key, index) => {
        const isDone = index + 1 < step
        const isCurrent = index + 1 === step
        return (
          <li
            key={key}
            className={isDone ? 'is-done' : undefined}
            aria-current={isCurrent ? 'step' : undefined}
          >
            <span>
              {t(key)}
              {isDone && <span className="aside-text"> ({t('app.step.done')})</span>}
            </span>
          </li>
        )
      })}
    </ol>
  )
}
