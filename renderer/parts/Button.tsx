import type { ReactNode } from 'react'

interface Props {
  readonly children: ReactNode
  readonly onPress?: () => void
  readonly kind?: 'main' | 'plain' | 'text'
  /** Visibly off, but still there for the keyboard, so that its reason can be read. */
  readonly isOff?: boolean
  readonly isBusy?: boolean
  readonly isSmall?: boolean
  /** A second choice, which goes under the main one in narrow windows. */
  readonly isMid?: boolean
  /** Submits this form, wherever the button stands. */
  readonly form?: string
  readonly label?: string
  readonly describedBy?: string
}

/** A button that names what it does. */
export function Button(props: Props) {
  const { kind = 'plain', isOff = false, isBusy = false, isSmall = false, isMid = false } = props
  const classes = ['button', `is-${kind}`, isSmall && 'is-small', isBusy && 'is-busy', isMid && 'is-mid']
  const isInert = isOff || isBusy
  return (
    <button
      type={props.form === undefined ? 'button' : 'submit'}
      form={props.form}
      className={classes.filter(Boolean).join(' ')}
      aria-disabled={isInert ? true : undefined}
      aria-label={props.label}
      aria-describedby={props.describedBy}
      onClick={(event) => {
        if (isInert) event.preventDefault()
        else props.onPress?.()
      }}
    >
      {props.children}
    </button>
  )
}

interface LinkProps {
  readonly children: ReactNode
  readonly onPress: () => void
  readonly isSmall?: boolean
  readonly label?: string
  readonly expanded?: boolean
}

/** An action that looks like a link. */
export function LinkButton({ children, onPress, isSmall = false, label, expanded }: LinkProps) {
  return (
    <button
      type="button"
      className={isSmall ? 'link small' : 'link'}
      aria-label={label}
      aria-expanded={expanded}
      onClick={onPress}
    >
      {children}
    </button>
  )
}
