import { memo, useId } from 'react'
import { chosenBy } from '../../core/onboarding/choice.ts'
import { saidOf } from '../../core/onboarding/said.ts'
import type { RoomsState } from '../../core/onboarding/state.ts'
import type { OwnPreset } from '../../core/communities/own-presets.ts'
import { useActions } from '../bridge.tsx'
import { hiddenRooms } from '../hall/picture.ts'
import { shortTime } from '../i18n/time.ts'
import { useWords, type Key } from '../i18n/words.tsx'
import { secondsFor } from './choice.ts'

const names: Readonly<Record<OwnPreset, Key>> = {
  suggested: 'rooms.preset.suggested',
  all: 'rooms.preset.all',
  lobby: 'rooms.preset.lobby',
  own: 'rooms.preset.own',
}

interface Choice {
  readonly id: string
  readonly name: string
}

/** So many columns that the last row is as full as can be. */
function columnsFor(count: number): 3 | 4 {
  return count % 4 === 0 || count % 3 === 1 ? 4 : 3
}

/** Shortcuts into the list, each with how many rooms it means and, from a minute on, how long it takes. */
export const Presets = memo(function Presets({ state }: { readonly state: RoomsState }) {
  const { t } = useWords()
  const { send } = useActions()
  const name = useId()
  const { answers } = saidOf(state)
  const isForYou = answers.some((places) => places.length > 0)
  const own = (id: OwnPreset): Choice => ({
    id,
    name: t(id === 'suggested' && isForYou ? 'rooms.preset.forYou' : names[id]),
  })
  // The community's own stand between what it suggests and everything it has.
  const presets: readonly Choice[] = [
    own('suggested'),
    ...state.community.presets,
    own('all'),
    own('lobby'),
    own('own'),
  ]
  return (
    <fieldset className={`segments presets is-${columnsFor(presets.length)}`}>
      <legend className="aside-text">{t('rooms.presetsLabel')}</legend>
      {presets.map((preset) => (
        <label className="segment" key={preset.id}>
          <bdi className="label">{preset.name}</bdi>
          <span className="small">{detail(preset.id)}</span>
          <input
            type="radio"
            name={name}
            checked={state.preset === preset.id}
            onChange={() => send({ type: 'setPreset', preset: preset.id })}
          />
        </label>
      ))}
    </fieldset>
  )

  function detail(preset: string): string {
    const keys = chosenBy(preset, state.community, state.chosen, answers)
    const hidden = preset === 'all' ? hiddenRooms(state.community) : 0
    const rooms = t('app.rooms', { count: keys.length + hidden })
    const time = shortTime(secondsFor(state.community, keys, state.roomsHere, hidden), t)
    return time === null ? rooms : t('rooms.presetLine', { rooms, time })
  }
})
