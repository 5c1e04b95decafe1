import { Component, type ReactNode } from 'react'
import { useWords } from '../i18n/words.tsx'
import { Button } from '../parts/Button.tsx'
import { Title } from '../parts/Floor.tsx'
import { Icon } from '../parts/Icon.tsx'

interface Props {
  readonly children: ReactNode
}

/** Catches what broke on screen, says so and offers a way on. Main keeps the state, so nothing is lost. */
export class CrashGuard extends Component<Props, { readonly error: Error | null }> {
  override state: { readonly error: Error | null } = { error: null }

  static getDerivedStateFromError(error: unknown): { readonly error: Error } {
    return { error: error instanceof Error ? error : new Error(String(error)) }
  }

  override render(): ReactNode {
    return this.state.error === null ? this.props.children : <Crash error={this.state.error} />
  }
}

/** Our own mistake: what happened, and a fresh start. */
export function Crash({ error }: { readonly error: Error }) {
  const { t } = useWords()
  return (
    <main className="crash">
      <Title text={t('state.crash.title')} />
      <div className="notice is-wrong" role="alert">
        <Icon name="warn" />
        <p className="small">{t('state.crash.text')}</p>
        <Button isSmall onPress={() => location.reload()}>
          {t('state.crash.action')}
        </Button>
      </div>
      <details className="details">
        <summary>{t('state.crash.details')}</summary>
        <pre className="mono small">{error.stack ?? error.message}</pre>
      </details>
    </main>
  )
}
