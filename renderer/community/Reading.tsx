import type { Community } from '../../core/communities/community.ts'
import { useWords } from '../i18n/words.tsx'
import { Icon } from '../parts/Icon.tsx'
import { OutsideLink } from '../parts/OutsideLink.tsx'
import { useWelcomeText } from './welcome-text.ts'

/** What the community would like newcomers to read, and its rules. Nothing where it has neither. */
export function Reading({ community }: { readonly community: Community }) {
  const { t } = useWords()
  const text = useWelcomeText(community)
  const { rules } = community
  if (text === null && rules === null) return null
  return (
    <section className="section">
      <div className="section-head">
        <h2>{t('joining.read')}</h2>
      </div>
      <article className="reading">
        {text !== null && (
          <div className="reading-text" lang={text.language} dir="auto">
            <h3 className="label">{text.title}</h3>
            {text.paragraphs.map((paragraph) => (
              <p key={paragraph}>{paragraph}</p>
            ))}
          </div>
        )}
        {rules !== null && (
          <p>
            <OutsideLink to={rules.url} className="link">
              <bdi>{rules.name ?? t('reading.more')}</bdi>
            </OutsideLink>
          </p>
        )}
      </article>
    </section>
  )
}

/** The same at the end, folded: where doors opened quickly there was no time to read. */
export function ReadingAgain({ community }: { readonly community: Community }) {
  const text = useWelcomeText(community)
  if (text === null) return null
  return (
    <details className="details reading-again">
      <summary lang={text.language}>
        <bdi>{text.title}</bdi>
        <Icon name="down" isSmall />
      </summary>
      <div className="reading-text" lang={text.language} dir="auto">
        {text.paragraphs.map((paragraph) => (
          <p key={paragraph}>{paragraph}</p>
        ))}
      </div>
    </details>
  )
}
