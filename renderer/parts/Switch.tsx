import type { ReactNode } from 'react'

interface Props {
  readonly isOn: boolean
  readonly label: string
  /** What it means, or what is being done about it. */
  readonly children: ReactNode
  readonly onChange: (isOn: boolean) => void
}

/** A switch with a line about what it means; it acts at once. */
export function Switch({ isOn, label, children, onChange }: Props) {
  return (
    <label className="quiet-start">
      <input
        className="switch"
        type="checkbox"
        role="switch"
        checked={isOn}
        aria-checked={isOn}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span>
        {label}
        <span className="small">{children}</span>
      </span>
    </label>
  )
}
