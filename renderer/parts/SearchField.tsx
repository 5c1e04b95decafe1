import { Icon } from './Icon.tsx'

interface Props {
  /** What is searched, for the eye and the ear. */
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
}

/** Finds rows of a long list by typing. */
export function SearchField({ label, value, onChange }: Props) {
  return (
    <div className="tools is-single">
      <span className="input">
        <Icon name="search" />
        <input
          type="search"
          aria-label={label}
          placeholder={label}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      </span>
    </div>
  )
}
