import { useState } from 'react'
import type { ReadPage, Remark } from '../../core/adding/page-state.ts'
import type { CheckId, Severity } from '../../core/checking/catalogue.ts'
import { useWords, type Key } from '../i18n/words.tsx'
import { LinkButton } from '../parts/Button.tsx'
import { Icon, type IconName } from '../parts/Icon.tsx'
import { Message } from '../parts/Notice.tsx'

const SHOWN_FIRST = 4

const signs: Readonly<Record<Severity, IconName>> = { error: 'warn', warning: 'warn', note: 'eye' }
const weights = {
  error: 'adding.remark.error',
  warning: 'adding.remark.warning',
  note: 'adding.remark.note',
} as const satisfies Record<Severity, Key>

/* What to do about it here; the others are said whole by their sentence. */
const remedies: Partial<Record<CheckId, Key>> = {
  'bad-address': 'adding.remedy.badAddress',
  'room-twice': 'adding.remedy.twoNames',
  'two-names': 'adding.remedy.twoNames',
  'name-twice': 'adding.remedy.nameTwice',
  'label-address': 'adding.remedy.labelAddress',
  'purpose-label': 'adding.remedy.purposeLabel',
  'case-twin': 'adding.remedy.caseTwin',
  'look-alike': 'adding.remedy.lookAlike',
  'look-alike-name': 'adding.remedy.lookAlikeName',
  'damaged-text': 'adding.remedy.damagedText',
  'space-as-room': 'adding.remedy.spaceAsRoom',
  'private-server': 'adding.remedy.privateServer',
  'id-without-via': 'adding.remedy.idWithoutVia',
  'id-not-alias': 'adding.remedy.idNotAlias',
  'no-space': 'adding.remedy.noSpace',
  'one-by-one': 'adding.remedy.oneByOne',
  'institution-without-domains': 'adding.remedy.institution',
  unpublished: 'adding.remedy.unpublished',
}

/** What should be looked at on the page, the worst first, each with what to do about it. */
export function Remarks({ page }: { readonly page: ReadPage }) {
  const { t } = useWords()
  const [isOpen, setOpen] = useState(false)
  const { remarks, remarkCount } = page
  const shown = isOpen ? remarks : remarks.slice(0, SHOWN_FIRST)
  return (
    <section className="section">
      <div className="section-head">
        <h2>{t('adding.remarks')}</h2>
        {shown.length < remarks.length && (
          <LinkButton isSmall onPress={() => setOpen(true)}>
            {t('preview.more', { count: remarkCount })}
          </LinkButton>
        )}
      </div>
      {remarks.length === 0 ? (
        <div className="found-good">
          <Message tone="good">{t('adding.noRemarks')}</Message>
        </div>
      ) : (
        <ul>
          {shown.map((remark, index) => (
            <li key={index} className={`remark is-${remark.severity}`}>
              <RemarkRow remark={remark} />
            </li>
          ))}
        </ul>
      )}
      {isOpen && remarkCount > remarks.length && (
        <p className="hidden-rooms quiet">
          {t('adding.moreRemarks', { count: remarkCount - remarks.length })}
        </p>
      )}
    </section>
  )
}

function RemarkRow({ remark }: { readonly remark: Remark }) {
  const { t } = useWords()
  const { severity, message, line, id } = remark
  const remedy = remedies[id]
  return (
    <>
      <Icon name={signs[severity]} />
      <span>
        <span className="aside-text">{t(weights[severity])}: </span>
        <bdi>{message}</bdi>
        {remedy !== undefined && <span className="room-topic">{t(remedy)}</span>}
      </span>
      <span className="room-meta">{line === null ? null : t('adding.line', { line })}</span>
    </>
  )
}
