import type { Privacy } from '../../core/communities/description.ts'
import { useWords } from '../i18n/words.tsx'
import { useFolded } from '../parts/Folded.tsx'
import { Icon, type IconName } from '../parts/Icon.tsx'

const NOTES_WHEN_FOLDED = 3

/** Who can read along, and what else newcomers should know before they write. */
export function GoodToKnow({ privacy }: { readonly privacy: Privacy }) {
  const { t } = useWords()
  const [notes, more] = useFolded(privacy.notes, NOTES_WHEN_FOLDED, NOTES_WHEN_FOLDED + 1)
  return (
    <>
      {privacy.isPublic && <Line icon="eye">{t('preview.public')}</Line>}
      {privacy.isEncrypted !== null && (
        <Line icon="lock">{t(privacy.isEncrypted ? 'preview.encrypted' : 'preview.unencrypted')}</Line>
      )}
      {notes.map((note) => (
        <Line key={note} icon="chat">
          <bdi>{note}</bdi>
        </Line>
      ))}
      {more}
    </>
  )
}

function Line({ icon, children }: { readonly icon: IconName; readonly children: React.ReactNode }) {
  return (
    <p className="note-line">
      <Icon name={icon} />
      <span>{children}</span>
    </p>
  )
}
