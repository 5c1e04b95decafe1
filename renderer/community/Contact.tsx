import type { ReactNode } from 'react'
import { contactKind, contactLink, contactText } from '../../core/communities/contact.ts'
import { useWords } from '../i18n/words.tsx'
import { Icon } from '../parts/Icon.tsx'
import { OutsideLink } from '../parts/OutsideLink.tsx'

/** Who helps. Nothing where the community names nobody. */
export function Contact({ contact }: { readonly contact: string | null }) {
  const { say } = useWords()
  const link = contactLink(contact)
  if (contact === null || link === null) return null
  return (
    <p className="note-line section">
      <Icon name="people" />
      <span>
        {say(`contact.${contactKind(contact)}`, { contact: contactText(contact) }, { a: linkTo(link) })}
      </span>
    </p>
  )
}

function linkTo(url: string): (text: ReactNode) => ReactNode {
  return (text) => (
    <OutsideLink to={url} className="address">
      {text}
    </OutsideLink>
  )
}
