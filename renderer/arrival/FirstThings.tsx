import { lobbyOf, roomTitle } from '../../core/communities/community.ts'
import type { DoneState } from '../../core/onboarding/state.ts'
import { useWords, wordedFor } from '../i18n/words.tsx'
import { Icon } from '../parts/Icon.tsx'

/** Three good first things in the new app. */
export function FirstThings({ state }: { readonly state: DoneState }) {
  const { t, say } = useWords()
  const joined = state.progress.lines.filter((line) => line.status === 'joined')
  const isQuiet = state.progress.quiet.isOn
  const lobby = lobbyOf(state.community)
  const hello = joined.find((line) => line.key === lobby?.key) ?? joined[0]
  const room = hello?.name ?? (lobby === null ? '' : roomTitle(lobby))
  return (
    <section className="section">
      <h2 className="head">{t('done.firstTitle')}</h2>
      <ol className="first">
        {room !== '' && (
          <li>
            <Icon name="chat" />
            <span className="label">{say('done.first.hello', { room })}</span>
            <span className="small">{t('done.first.helloWhy')}</span>
          </li>
        )}
        <li>
          <Icon name="bell" />
          <span className="label">{t(isQuiet ? 'done.quietOn' : 'done.first.quiet')}</span>
          <span className="small">
            {isQuiet
              ? t('done.quietOnWhy')
              : t(wordedFor(state.experience, 'done.first.quietWhy'), { count: joined.length })}
          </span>
        </li>
        <li>
          <Icon name="key" />
          <span className="label">{t('done.first.key')}</span>
          <span className="small">{t('done.first.keyWhy')}</span>
        </li>
      </ol>
    </section>
  )
}
