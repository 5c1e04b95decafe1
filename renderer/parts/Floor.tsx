import { useEffect, useRef, type ReactNode } from 'react'
import { useWords } from '../i18n/words.tsx'
import { Icon } from './Icon.tsx'

interface TitleProps {
  readonly text: string
  readonly isArrival?: boolean
  /** The same as `text` with names set apart. */
  readonly children?: ReactNode
}

/** The one heading of a step. It takes focus when the step opens and names the window. */
export function Title({ text, isArrival = false, children }: TitleProps) {
  const { t } = useWords()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus({ preventScroll: true }), [])
  useEffect(() => {
    document.title = t('app.windowTitle', { title: text })
  }, [text, t])
  return (
    <h1 ref={heading} className={isArrival ? 'arrival' : 'title'} tabIndex={-1}>
      {children ?? text}
    </h1>
  )
}

/** The row at the foot of a step: back at the start, the main action at the end. */
export function Exit({ children }: { readonly children: ReactNode }) {
  return <footer className="exit">{children}</footer>
}

interface BackProps {
  readonly onBack: () => void
  /** Where something under way ends with it; “Back” otherwise. */
  readonly label?: string
}

/** Goes one step back; so does Esc, unless a dialog or a filled search field wants that key. */
export function BackButton({ onBack, label }: BackProps) {
  const { t } = useWords()
  useEscape(onBack)
  return (
    <button type="button" className="button is-text" onClick={onBack}>
      <Icon name="back" isSmall isFlipped />
      {label ?? t('app.back')}
    </button>
  )
}

function useEscape(onBack: () => void): void {
  const latest = useRef(onBack)
  useEffect(() => {
    latest.current = onBack
  })
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return
      if (document.querySelector('dialog[open]') !== null) return
      if (
        event.target instanceof HTMLInputElement &&
        event.target.type === 'search' &&
        event.target.value !== ''
      )
        return
      latest.current()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
}
