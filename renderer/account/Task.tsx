import type { ReactNode } from 'react'
import { Icon } from '../parts/Icon.tsx'

interface Props {
  readonly title: ReactNode
  /** `open` until the person has begun, `waiting` while something happens outside. */
  readonly phase: 'open' | 'waiting' | 'done'
  readonly children: ReactNode
  /** The button or buttons. */
  readonly action?: ReactNode
}

/** One thing to be done outside of Foyer, and how it stands. */
export function Task({ title, phase, children, action }: Props) {
  return (
    <li className={`notice task is-${phase}`}>
      {phase === 'waiting' ? (
        <span className="wait" aria-hidden="true" />
      ) : (
        <Icon name={phase === 'done' ? 'check' : 'browser'} />
      )}
      <div>
        <h2 className="label">{title}</h2>
        <div className="small">{children}</div>
      </div>
      {phase === 'done' ? null : action}
    </li>
  )
}
