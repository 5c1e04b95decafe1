import { useState } from 'react'
import type { RoomsState } from '../../core/onboarding/state.ts'
import { useActions } from '../bridge.tsx'
import { useWords } from '../i18n/words.tsx'
import { Field } from '../parts/Field.tsx'
import { titleOf } from '../parts/RoomRow.tsx'

/** As long as a knock's words may be. */
const MOST_CHARACTERS = 500

/** The newcomer's own words for rooms that ask first; without any, Foyer says the least. Nothing where none does. */
export function KnockField({ state }: { readonly state: RoomsState }) {
  const { t, say } = useWords()
  const { send } = useActions()
  const [text, setText] = useState(state.knockReason)
  const chosen = new Set(state.chosen)
  const rooms = state.community.rooms.filter((room) => room.joinRule === 'knock' && chosen.has(room.key))
  const [first] = rooms
  if (first === undefined) return null
  return (
    <div className="section">
      <Field
        label={t('rooms.knock')}
        value={text}
        onChange={setText}
        say={
          <p className="small quiet">
            {say('rooms.knockHint', { count: rooms.length, room: titleOf(first, t) })}
          </p>
        }
        input={{
          maxLength: MOST_CHARACTERS,
          placeholder: t('rooms.knockDefault', { community: state.community.name }),
          spellCheck: true,
          autoCapitalize: 'sentences',
          // Kept when the field is left, not at each letter.
          onBlur: () => send({ type: 'setKnockReason', text }),
        }}
      />
    </div>
  )
}
