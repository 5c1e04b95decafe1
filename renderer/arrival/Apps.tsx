import type { Community } from '../../core/communities/community.ts'
import { useWords } from '../i18n/words.tsx'
import { Icon } from '../parts/Icon.tsx'
import { OutsideLink } from '../parts/OutsideLink.tsx'
import { chatApps, landingOf, matrixToLink } from './chat-apps.ts'
import { QrCode } from './QrCode.tsx'

/** Where to go on: Matrix apps, and a picture for the phone. */
export function Apps({ community }: { readonly community: Community }) {
  const { t, say } = useWords()
  const place = landingOf(community)
  return (
    <section className="section">
      <h2 className="head">{t('done.appTitle')}</h2>
      <p className="quiet">{t('done.appLead')}</p>
      <div className="onward">
        <ul className="apps">
          {chatApps(community).map((app) => (
            <li key={app.id} className="app-row">
              <OutsideLink to={app.open} className="app">
                <span>
                  <span className="app-name label">{t(app.name)}</span>
                  <span className="small">{say(app.hint, { community: community.name })}</span>
                </span>
                <Icon name="outside" isFlipped />
              </OutsideLink>
              {app.get !== null && (
                <OutsideLink
                  to={app.get}
                  className="link small"
                  label={t('done.app.getLabel', { app: t(app.name) })}
                >
                  {t('done.app.get')}
                </OutsideLink>
              )}
            </li>
          ))}
        </ul>
        {place !== null && (
          <div className="phone">
            <QrCode text={matrixToLink(place)} label={t('done.qrLabel', { community: community.name })} />
            <p className="small quiet">{t('done.qr')}</p>
          </div>
        )}
      </div>
    </section>
  )
}
