import { useEffect, useRef, useState, type ReactNode } from 'react'
import { Field } from '../parts/Field.tsx'

interface Props {
  readonly label: string
  readonly value: string
  readonly most: number
  /** Told what was typed once the field is left, or Enter pressed, and only if it is something else. */
  readonly onDone: (text: string) => void
  readonly problem?: ReactNode
  readonly hint?: ReactNode
  readonly placeholder?: string
  readonly isProse?: boolean
  readonly onCancel?: () => void
  /** For a field that somebody has just asked for. */
  readonly takesFocus?: boolean
  readonly children?: ReactNode
}

/** A field that keeps what is typed to itself until it is left. */
export function DraftField(props: Props) {
  const { value, onDone, onCancel } = props
  const [text, setText] = useState(value)
  const input = useRef<HTMLInputElement>(null)
  const { takesFocus = false } = props
  useEffect(() => {
    if (takesFocus) input.current?.focus()
  }, [takesFocus])
  const done = (): void => {
    if (text !== value) onDone(text)
  }
  return (
    <Field
      label={props.label}
      value={text}
      onChange={setText}
      inputRef={input}
      problem={props.problem ?? null}
      say={props.hint === undefined ? null : <p className="small quiet">{props.hint}</p>}
      input={{
        maxLength: props.most,
        dir: 'auto',
        autoComplete: 'off',
        placeholder: props.placeholder,
        ...(props.isProse === true && { spellCheck: true, autoCapitalize: 'sentences' }),
        onBlur: done,
        onKeyDown: (event) => {
          if (event.key === 'Enter' && !event.nativeEvent.isComposing) done()
          if (event.key === 'Escape' && onCancel !== undefined) {
            event.preventDefault()
            onCancel()
          }
        },
      }}
    >
      {props.children}
    </Field>
  )
}
