import { useMemo } from 'react'
import type { ReadPage } from '../../core/adding/page-state.ts'
import { useActions } from '../bridge.tsx'
import { useWords, type Key } from '../i18n/words.tsx'
import { Button, LinkButton } from '../parts/Button.tsx'
import { BackButton, Exit, Title } from '../parts/Floor.tsx'
import { Icon } from '../parts/Icon.tsx'
import { useToast } from '../parts/Toast.tsx'
import { DraftField } from './DraftField.tsx'
import { FoundRooms } from './FoundRooms.tsx'
import { LeftOut } from './LeftOut.tsx'
import { Remarks } from './Remarks.tsx'
import { sectionsOf } from './sections.ts'
import { Share } from './Share.tsx'

const lacks = {
  name: 'adding.lack.name',
  rooms: 'adding.lack.rooms',
  form: 'adding.lack.form',
} as const satisfies Record<NonNullable<ReadPage['lack']>, Key>

/** What was found on a maintainer's page, to be put right, tried and saved. */
export function FoundPage({ page }: { readonly page: ReadPage }) {
  const { t, say } = useWords()
  const { send, saveManifest } = useActions()
  const [toast, showToast] = useToast()
  const sections = useMemo(() => sectionsOf(page.rooms, t), [page.rooms, t])
  const { lack } = page
  const save = async (): Promise<void> => {
    const saved = await saveManifest()
    if (saved.kind === 'saved') {
      showToast(t('adding.saved', { path: saved.path }))
      send({ type: 'pageShared' })
    }
    if (saved.kind === 'failed') showToast(t('adding.notSaved'))
  }
  const found = {
    rooms: t('app.rooms', { count: page.rooms.length }),
    sections: t('adding.sections', { count: sections.length }),
  }
  return (
    <>
      <div className="scroll">
        <Title text={t('adding.found.title')} />
        <p className="lead">
          {page.rooms.length === 0
            ? t('adding.found.leadSpace')
            : t(page.space === null ? 'adding.found.lead' : 'adding.found.leadWithSpace', found)}
        </p>
        <p className="note-line found-source">
          <Icon name="browser" />
          <span>
            {page.source === null
              ? t('adding.found.pasted')
              : say('adding.found.source', { page: page.source })}
          </span>
          <LinkButton isSmall onPress={() => send({ type: 'anotherPage' })}>
            {t('adding.another')}
          </LinkButton>
        </p>
        <Remarks page={page} />
        <TheCommunity page={page} />
        <FoundRooms sections={sections} />
        <LeftOut page={page} />
        <Share
          page={page}
          onCopied={() => {
            showToast(t('adding.copied'))
            send({ type: 'pageShared' })
          }}
        />
      </div>
      {toast}
      <Exit>
        <BackButton onBack={() => send({ type: 'back' })} />
        <span className="grow" />
        <p className={lack === null ? 'note small quiet' : 'note small quiet is-why'} id="found-next">
          {t(lack === null ? 'adding.tryNext' : lacks[lack])}
        </p>
        <Button isMid isOff={lack !== null} describedBy="found-next" onPress={() => void save()}>
          {t('adding.save')}
        </Button>
        <Button
          kind="main"
          isOff={lack !== null}
          describedBy="found-next"
          onPress={() => send({ type: 'tryPage' })}
        >
          {t('adding.try')}
        </Button>
      </Exit>
    </>
  )
}

function TheCommunity({ page }: { readonly page: ReadPage }) {
  const { t } = useWords()
  const { send } = useActions()
  const { name, summary, space } = page
  return (
    <section className="section">
      <div className="section-head">
        <h2>{t('adding.community')}</h2>
      </div>
      <div className="form is-found">
        <DraftField
          label={t('adding.name')}
          value={name}
          most={200}
          isProse
          problem={page.lack === 'name' ? t('adding.lack.name') : null}
          onDone={(text) => send({ type: 'correctPage', correction: { kind: 'name', text } })}
        />
        <DraftField
          label={t('adding.summary')}
          value={summary}
          most={300}
          isProse
          hint={t('adding.summaryHint')}
          onDone={(text) => send({ type: 'correctPage', correction: { kind: 'summary', text } })}
        />
        <DraftField
          // Another room may become the space further down.
          key={space?.address ?? ''}
          label={t('adding.space')}
          value={space?.address ?? ''}
          most={2_000}
          placeholder="#space:example.org"
          problem={page.isSpaceWrong ? t('adding.spaceWrong') : null}
          hint={
            space === null || space.line === 0
              ? t('adding.spaceHint')
              : t('adding.spaceFound', { line: space.line })
          }
          onDone={(text) => send({ type: 'correctPage', correction: { kind: 'space', text } })}
        />
      </div>
    </section>
  )
}
