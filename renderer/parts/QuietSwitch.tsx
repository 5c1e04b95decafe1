import type { ReactNode } from 'react'
import { useActions } from '../bridge.tsx'
import { useWords } from '../i18n/words.tsx'
import { Switch } from './Switch.tsx'

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
    <Switch isOn={isOn} label={t('rooms.quiet')} onChange={(on) => send({ type: 'setQuiet', isOn: on })}>
      {children}
    </Switch>
  )
}
