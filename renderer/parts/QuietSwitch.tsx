import type { ReactNode } from 'react'
import { useActions } from '../bridge.tsx'
import { useWords } from '../i18n/words.tsx'

interface Props {
  readonly isOn: boolean
  /** What it means, or what is being done about it. */
  readonly children: ReactNode
}

/** The switch for a quiet start: before joining it is a wish, afterwards it sets and takes back at once. */
export function QuietSwitch({ isOn, children }: Props) {
  const { t } = useWords()
  const { send } = useActions()
  return (
    <label className="quiet-start">
      <input
        className="switch"
        type="checkbox"
        role="switch"
        checked={isOn}
        aria-checked={isOn}
        onChange={(event) => send({ type: 'setQuiet', isOn: event.target.checked })}
      />
      <span>
        {t('rooms.quiet')}
        <span className="small">{children}</span>
      </span>
    </label>
  )
}
