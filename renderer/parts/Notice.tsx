import type { ReactNode } from 'react'
import { Door, type DoorState } from './Door.tsx'
import { Icon, type IconName } from './Icon.tsx'

interface NoticeProps {
  readonly icon: IconName
  readonly title?: ReactNode
  readonly children: ReactNode
  readonly action?: ReactNode
  /** Only where somebody has to do something; waiting is never an error. */
  readonly isWrong?: boolean
  /** For notices that count down: only the title is announced, not each second. */
  readonly isQuiet?: boolean
}

/** Something to know about the whole step. Announced politely when it appears. */
export function Notice({ icon, title, children, action, isWrong = false, isQuiet = false }: NoticeProps) {
  return (
    <div className={isWrong ? 'notice is-wrong' : 'notice'} role={isQuiet ? undefined : 'status'}>
      <Icon name={icon} />
      <div>
        {title !== undefined && (
          <p className="label" role={isQuiet ? 'status' : undefined}>
            {title}
          </p>
        )}
        <p className="small">{children}</p>
      </div>
      {action}
    </div>
  )
}

interface MessageProps {
  readonly tone: 'wrong' | 'good' | 'wait'
  readonly children: ReactNode
  readonly id?: string
}

/** One sentence at a field, with its sign. */
export function Message({ tone, children, id }: MessageProps) {
  return (
    <p
      className={tone === 'wait' ? 'message quiet' : `message is-${tone}`}
      id={id}
      role={tone === 'wrong' ? undefined : 'status'}
    >
      {tone === 'wait' ? (
        <span className="wait" aria-hidden="true" />
      ) : (
        <Icon name={tone === 'good' ? 'check' : 'warn'} />
      )}
      <span>{children}</span>
    </p>
  )
}

interface BlankProps {
  readonly door: DoorState
  readonly title: ReactNode
  readonly children: ReactNode
  readonly action?: ReactNode
}

/** Nothing to show, why, and one way out. */
export function Blank({ door, title, children, action }: BlankProps) {
  return (
    <div className="blank" role="status">
      <Door state={door} />
      <p className="label">{title}</p>
      <p className="small quiet">{children}</p>
      {action}
    </div>
  )
}

/** Stands for a name and a sentence that are still to come. `turn` varies the width from row to row. */
export function Bones({ turn, name }: { readonly turn: number; readonly name?: string | null }) {
  return (
    <div className="bones">
      {name ? (
        <span className="room-name">
          <bdi>{name}</bdi>
        </span>
      ) : (
        <span className={`bone is-${(turn % 3) + 1}`} />
      )}
      <span className="bone is-thin" />
    </div>
  )
}
