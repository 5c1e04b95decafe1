import type { ReactNode } from 'react'
import type { Rules } from '../../core/communities/description.ts'
import { useActions } from '../bridge.tsx'
import { useWords } from '../i18n/words.tsx'
import { OutsideLink } from '../parts/OutsideLink.tsx'

interface Props {
  readonly rules: Rules
  readonly isOn: boolean
}

/** The tick beside the button that it opens: nobody joins before they have agreed to the community's rules. */
export function AgreeField({ rules, isOn }: Props) {
  const { say } = useWords()
  const { send } = useActions()
  const parts = { a: linkTo(rules.url) }
  return (
    <div className="agree">
      <label className="tick">
        <input
          type="checkbox"
          checked={isOn}
          onChange={(event) => send({ type: 'agreeToRules', isOn: event.target.checked })}
        />
        <span>
          {rules.name === null
            ? say('rules.agree', {}, parts)
            : say('rules.agreeNamed', { name: rules.name }, parts)}
        </span>
      </label>
    </div>
  )
}

function linkTo(url: string): (text: ReactNode) => ReactNode {
  return (text) => <OutsideLink to={url}>{text}</OutsideLink>
}
