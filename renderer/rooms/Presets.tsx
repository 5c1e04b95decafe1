import { memo, useId } from 'react'
import { chosenBy } from '../../core/onboarding/choice.ts'
import type { Preset, RoomsState } from '../../core/onboarding/state.ts'
import { useActions } from '../bridge.tsx'
import { hiddenRooms } from '../hall/picture.ts'
import { shortTime } from '../i18n/time.ts'
import { useWords, type Key } from '../i18n/words.tsx'
import { secondsFor } from './choice.ts'

const presets = [
  ['suggested', 'rooms.preset.suggested'],
  ['all', 'rooms.preset.all'],
  ['lobby', 'rooms.preset.lobby'],
  ['own', 'rooms.preset.own'],
] as const satisfies readonly (readonly [Preset, Key])[]

/** Shortcuts into the list, each with how many rooms it means and, from a minute on, how long it takes. */
export const Presets = memo(function Presets({ state }: { readonly state: RoomsState }) {
  const { t } = useWords()
  const { send } = useActions()
  const name = useId()
  return (
    <fieldset className="segments presets">
      <legend className="aside-text">{t('rooms.presetsLabel')}</legend>
      {presets.map(([preset, key]) => (
        <label className="segment" key={preset}>
          <span className="label">{t(key)}</span>
          <span className="small">{detail(preset)}</span>
          <input
            type="radio"
            name={name}
            checked={state.preset === preset}
            onChange={() => send({ type: 'setPreset', preset })}
          />
        </label>
      ))}
    </fieldset>
  )

  function detail(preset: Preset): string {
    const keys = chosenBy(preset, state.community, state.chosen)
    const hidden = preset === 'all' ? hiddenRooms(state.community) : 0
    const rooms = t('app.rooms', { count: keys.length + hidden })
    const time = shortTime(secondsFor(state.community, keys, state.roomsHere, hidden), t)
    return time === null ? rooms : t('rooms.presetLine', { rooms, time })
  }
})
