import { hardestNeed, type SignUpNeed } from '../../core/onboarding/sign-up-ways.ts'
import type { CreateAccountState } from '../../core/onboarding/state.ts'
import { useActions } from '../bridge.tsx'
import { useWords, type Key } from '../i18n/words.tsx'
import { LinkButton } from '../parts/Button.tsx'

/** The ways to an account that the form isn't for; nothing where there is one only. */
export function OtherWays({ state }: { readonly state: CreateAccountState }) {
  const { t } = useWords()
  const { send } = useActions()
  if (state.ways.length < 2) return null
  return (
    <ul className="other-ways">
      {state.ways.map((way, index) =>
        index === state.way ? null : (
          <li key={way.needs.join()}>
            <LinkButton onPress={() => send({ type: 'chooseWay', index })}>
              {t(words[hardestNeed(way) ?? 'none'], { server: state.homeserver.name })}
            </LinkButton>
          </li>
        ),
      )}
    </ul>
  )
}

const words = {
  token: 'account.way.token',
  captcha: 'account.way.captcha',
  email: 'account.way.email',
  phone: 'account.way.phone',
  page: 'account.way.page',
  none: 'account.way.none',
} as const satisfies Record<SignUpNeed | 'none', Key>
