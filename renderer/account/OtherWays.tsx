import { differenceOf } from '../../core/onboarding/sign-up-ways.ts'
import type { CreateAccountState } from '../../core/onboarding/state.ts'
import { useActions } from '../bridge.tsx'
import { useWords, type Key } from '../i18n/words.tsx'
import { LinkButton } from '../parts/Button.tsx'

/** The ways to an account that the form isn't for, by what is different; nothing where there is one only. */
export function OtherWays({ state }: { readonly state: CreateAccountState }) {
  const { say } = useWords()
  const { send } = useActions()
  const present = state.ways[state.way]
  if (state.ways.length < 2 || present === undefined) return null
  return (
    <ul className="other-ways">
      {state.ways.map((way, index) => {
        if (index === state.way) return null
        const { adds, drops } = differenceOf(present, way)
        const added = adds.at(-1)
        const dropped = drops.at(-1)
        let key: Key = 'account.way.other'
        if (added !== undefined)
          key = dropped === undefined ? `account.wayAlso.${added}` : `account.way.${added}`
        else if (dropped !== undefined) key = `account.wayWithout.${dropped}`
        return (
          <li key={way.needs.join()}>
            <LinkButton onPress={() => send({ type: 'chooseWay', index })}>
              <span>{say(key, { server: state.homeserver.name })}</span>
            </LinkButton>
          </li>
        )
      })}
    </ul>
  )
}
