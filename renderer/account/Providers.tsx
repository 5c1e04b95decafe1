import type { IdentityProvider } from '../../core/onboarding/state.ts'
import { useActions } from '../bridge.tsx'
import { useWords } from '../i18n/words.tsx'
import { Button } from '../parts/Button.tsx'

interface Props {
  readonly providers: readonly IdentityProvider[]
  readonly server: string
}

/** Who else may vouch for somebody on the homeserver: one button each, or one for its own page. */
export function Providers({ providers, server }: Props) {
  const { t, say } = useWords()
  const { send } = useActions()
  return (
    <div className="section providers" role="group" aria-label={t('signin.providers')}>
      <p className="small quiet">{say('signin.providersHint', { server })}</p>
      {providers.length === 0 ? (
        <Button onPress={() => send({ type: 'signInWith', provider: null })}>
          {say('signin.withPage', { server })}
        </Button>
      ) : (
        providers.map(({ id, name }) => (
          <Button key={id} onPress={() => send({ type: 'signInWith', provider: id })}>
            {say('signin.with', { provider: name })}
          </Button>
        ))
      )}
    </div>
  )
}
