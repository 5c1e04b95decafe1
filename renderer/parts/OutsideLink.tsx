import type { ReactNode } from 'react'
import { useActions } from '../bridge.tsx'

interface Props {
  readonly to: string
  readonly children: ReactNode
  readonly className?: string
  readonly label?: string
  readonly onOpen?: () => void
}

/** A link into the system's browser. The window itself never goes anywhere. */
export function OutsideLink({ to, children, className, label, onOpen }: Props) {
  const { openExternal } = useActions()
  return (
    <a
      href={to}
      className={className}
      aria-label={label}
      onClick={(event) => {
        event.preventDefault()
        openExternal(to)
        onOpen?.()
      }}
    >
      {children}
    </a>
  )
}
