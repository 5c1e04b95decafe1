import { useState } from 'react'
import type { ReadPage } from '../../core/adding/page-state.ts'
import { foyerUri, parseCommunityLink, type LinkTarget } from '../../core/links/community-link.ts'
import { useActions } from '../bridge.tsx'
import { useWords } from '../i18n/words.tsx'
import { Button } from '../parts/Button.tsx'
import { Field } from '../parts/Field.tsx'
import { Icon } from '../parts/Icon.tsx'

interface Props {
  readonly page: ReadPage
  readonly onCopied: () => void
}

/** One link for newcomers: to the saved file where it is on the web, else to the space. */
export function Share({ page, onCopied }: Props) {
  const { t } = useWords()
  const { copyText } = useActions()
  const [url, setUrl] = useState('')
  const target = url.trim() === '' ? spaceOf(page) : fileAt(url)
  const isWrong = url.trim() !== '' && target === null
  const hint =
    url.trim() !== '' ? 'adding.share.all' : target === null ? 'adding.share.none' : 'adding.share.space'
  return (
    <section className="section">
      <div className="section-head">
        <h2>{t('adding.share')}</h2>
      </div>
      <div className="form is-found">
        <p className="quiet">{t('adding.share.how')}</p>
        <Field
          label={t('adding.share.url')}
          value={url}
          onChange={setUrl}
          problem={isWrong ? t('adding.share.wrong') : null}
          say={<p className="small quiet">{t(hint)}</p>}
          input={{
            type: 'url',
            dir: 'ltr',
            autoComplete: 'off',
            placeholder: 'https://example.org/community.foyer',
          }}
          after={
            <Button
              kind="text"
              isOff={target === null}
              onPress={() => {
                if (target === null) return
                copyText(foyerUri({ target, homeserver: null, token: null, preset: null }))
                onCopied()
              }}
            >
              <Icon name="copy" isSmall />
              {t('adding.share.copy')}
            </Button>
          }
        />
      </div>
    </section>
  )
}

function spaceOf({ space }: ReadPage): LinkTarget | null {
  return space === null ? null : { kind: 'room', address: space.address, via: space.via }
}

function fileAt(url: string): LinkTarget | null {
  const link = parseCommunityLink(url)
  return link.ok && link.value.target.kind === 'manifest' ? link.value.target : null
}
