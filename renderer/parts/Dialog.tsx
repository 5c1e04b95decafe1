import { useEffect, useId, useRef, type ReactNode } from 'react'

interface Props {
  readonly title: string
  readonly children: ReactNode
  /** Buttons, the recommended one first: it takes focus. */
  readonly actions: ReactNode
  /** Esc: leaves everything as it was. */
  readonly onDismiss: () => void
}

/** A question over the screen. A native modal, so focus stays inside and returns to where it was. */
export function Dialog({ title, children, actions, onDismiss }: Props) {
  const titleId = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const element = dialog.current
    element?.showModal()
    return () => element?.close()
  }, [])
  return (
    <dialog
      ref={dialog}
      className="backdrop"
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault()
        onDismiss()
      }}
      // A second Esc closes it whatever we say (Chromium's close watcher); the question stands until it is answered.
      onClose={() => dialog.current?.showModal()}
    >
      <div className="dialog">
        <h2 className="title" id={titleId}>
          {title}
        </h2>
        <p className="lead">{children}</p>
        <div className="actions">{actions}</div>
      </div>
    </dialog>
  )
}
