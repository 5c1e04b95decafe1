import type { Rules } from '../../core/communities/description.ts'
import { useWords } from '../i18n/words.tsx'
import { OutsideLink } from '../parts/OutsideLink.tsx'

/** The main points of the rules, and where they are in full. */
export function HouseRules({ rules }: { readonly rules: Rules }) {
  const { t } = useWords()
  return (
    <section className="section">
      <div className="section-head">
        <h2>
          <bdi>{rules.name ?? t('rules.title')}</bdi>
        </h2>
      </div>
      <div className="reading">
        {rules.points.length > 0 && (
          <ul className="points">
            {rules.points.map((point) => (
              <li key={point} dir="auto">
                {point}
              </li>
            ))}
          </ul>
        )}
        <p>
          <OutsideLink to={rules.url} className="link">
            {t('rules.whole')}
          </OutsideLink>
        </p>
      </div>
    </section>
  )
}
