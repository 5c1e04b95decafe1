import { memo, type CSSProperties } from 'react'

/** How a door can look. Light means that it is open to the newcomer. */
export type DoorState =
  'closed' | 'empty' | 'chosen' | 'next' | 'ajar' | 'open' | 'asked' | 'private' | 'dashed' | 'shut'

const marks: Partial<Record<DoorState, string>> = {
  asked: 'M4.6 13h.01M8 13h.01M11.4 13h.01',
  private: 'M8 11.2a1.2 1.2 0 1 0-.01 0ZM8 11.5v4',
  shut: 'm5 10 6 6m0-6-6 6',
}

interface Props {
  readonly state: DoorState
  /** Milliseconds before the leaf swings, so that several doors open one after the other. */
  readonly delay?: number
}

/** One door is one room, at every size. The words for its state stand beside it or on the hall's label. */
export const Door = memo(function Door({ state, delay = 0 }: Props) {
  const mark = marks[state]
  const style = delay === 0 ? undefined : ({ '--door-delay': `${delay}ms` } as CSSProperties)
  return (
    <svg className="door" data-state={state} viewBox="0 0 16 25" aria-hidden="true" style={style}>
      <path className="fall" d="M1.5 25.8H14.5L19.5 32.5H8.5Z" />
      <path className="gap" d="M.75.75H15.25V25H.75Z" />
      <path className="leaf" />
      <circle className="knob" cx="12" cy="13.5" r="1.25" />
      <rect className="sill" x="1.6" y="23.6" width="12.8" height="1.9" />
      {mark !== undefined && <path className="mark" d={mark} />}
    </svg>
  )
})

/** The light that falls through every open door. Drawn once in the document; the doors refer to it. */
export function Lamplight() {
  return (
    <svg className="aside-text" aria-hidden="true">
      <defs>
        <linearGradient id="lamplight" x1="0" y1="0" x2="0" y2="1">
          <stop className="lamplight-near" offset="0" />
          <stop className="lamplight-far" offset="1" />
        </linearGradient>
      </defs>
    </svg>
  )
}
