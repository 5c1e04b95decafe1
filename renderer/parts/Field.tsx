import { useId, type InputHTMLAttributes, type ReactNode, type Ref } from 'react'
import { Message } from './Notice.tsx'

interface Props {
  readonly label: ReactNode
  readonly value: string
  readonly onChange: (value: string) => void
  /** What is wrong, as a sentence; null when nothing is. */
  readonly problem?: ReactNode
  /** What to say when nothing is wrong: a hint, or a message of its own. */
  readonly say?: ReactNode
  readonly before?: ReactNode
  readonly after?: ReactNode
  /** Stands between the field and its sentence. */
  readonly meter?: ReactNode
  /** Stands under the sentence: offers, a second way. */
  readonly children?: ReactNode
  readonly inputRef?: Ref<HTMLInputElement>
  readonly input?: Omit<InputHTMLAttributes<HTMLInputElement>, 'value' | 'onChange' | 'id'>
}

/** A labelled field. Its sentence is tied to it, and what was typed always stays. */
export function Field(props: Props) {
  const id = useId()
  const { problem = null, say = null, inputRef } = props
  const hasSentence = problem !== null || say !== null
  return (
    <div className={problem === null ? 'field' : 'field is-wrong'}>
      <label htmlFor={id}>{props.label}</label>
      <span className="input">
        {props.before}
        <input
          spellCheck={false}
          autoCapitalize="none"
          {...props.input}
          id={id}
          ref={inputRef}
          value={props.value}
          aria-invalid={problem === null ? undefined : true}
          aria-describedby={hasSentence ? `${id}-say` : undefined}
          onChange={(event) => props.onChange(event.target.value)}
        />
        {props.after}
      </span>
      {props.meter}
      {hasSentence && (
        <div id={`${id}-say`} className="field-say">
          {problem === null ? say : <Message tone="wrong">{problem}</Message>}
        </div>
      )}
      {props.children}
    </div>
  )
}
