import type { IdentityProvider } from '../../core/onboarding/state.ts'
import { useActions } from '../bridge.tsx'
import { useWords } from '../i18n/words.tsx'
import { Button } from '../parts/Button.tsx'
import { ProviderIcon } from './ProviderIcon.tsx'

interface Props {
  readonly providers: readonly IdentityProvider[]
  readonly server: string
  /** True where there is no password beside them. */
  readonly isOnly: boolean
}

/** Who else may vouch for somebody on the homeserver: one button each, or one for its own page. */
export function Providers({ providers, server, isOnly }: Props) {
  const { t, say } = useWords()
  const { send } = useActions()
  const kind = isOnly && providers.length < 2 ? 'main' : 'plain'
  return (
    <div className="section providers" role="group" aria-label={t('signin.providers')}>
      <p className="small quiet">
        {say(isOnly ? 'signin.providersOnly' : 'signin.providersHint', { server })}
      </p>
      {providers.length === 0 ? (
        <Button kind={kind} onPress={() => send({ type: 'signInWith', provider: null })}>
          <span>{say('signin.withPage', { server })}</span>
        </Button>
      ) : (
        providers.map(({ id, name, icon }) => (
          <Button key={id} kind={kind} onPress={() => send({ type: 'signInWith', provider: id })}>
            <ProviderIcon picture={icon} />
            <span>{say('signin.with', { provider: name })}</span>
          </Button>
        ))
      )}
    </div>
  )
}
