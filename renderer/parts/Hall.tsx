import { useMemo, useState } from 'react'
import { useWords } from '../i18n/words.tsx'
import { MAX_DOORS, type HallPicture, type Storey } from '../hall/picture.ts'
import { Door, type DoorState } from './Door.tsx'

const STAGGER = 40
const STAGGER_IN_ALL = 600

/** The picture of all rooms: one storey per section, one door per room. Read out as one sentence. */
export function Hall({ picture, label }: { readonly picture: HallPicture; readonly label: string }) {
  const { t } = useWords()
  const { storeys, hidden } = useMemo(() => drawn(picture.storeys), [picture.storeys])
  const delays = useDelays(storeys)
  return (
    <>
      <div className="hall" data-size={picture.size} role="img" aria-label={label}>
        {storeys.map((storey) => (
          <div key={storey.id}>
            {picture.hasNames && (
              <p className="storey-name">
                <span>{storey.name}</span>
                <span className="figure">{t('app.countOf', { some: storey.open, count: storey.count })}</span>
              </p>
            )}
            <div className="storey">
              {storey.doors.map((door) => (
                <Door key={door.key} state={door.state} delay={delays.get(door.key) ?? 0} />
              ))}
            </div>
          </div>
        ))}
      </div>
      {hidden > 0 && <p className="hall-more small quiet">{t('hall.more', { count: hidden })}</p>}
    </>
  )
}

function drawn(all: readonly Storey[]): { storeys: readonly Storey[]; hidden: number } {
  const total = all.reduce((sum, storey) => sum + storey.count, 0)
  let left = MAX_DOORS
  const storeys = all
    .map((storey) => {
      const doors = storey.doors.slice(0, left)
      left -= doors.length
      return { ...storey, doors }
    })
    .filter((storey) => storey.doors.length > 0)
  return { storeys, hidden: Math.max(0, total - MAX_DOORS) }
}

type Doors = ReadonlyMap<string, DoorState>

// Doors that open with the same state swing one after the other, all within a moment.
function useDelays(storeys: readonly Storey[]): ReadonlyMap<string, number> {
  const doors = useMemo(
    () => new Map(storeys.flatMap((storey) => storey.doors.map((door) => [door.key, door.state] as const))),
    [storeys],
  )
  const [seen, setSeen] = useState({ doors, delays: new Map<string, number>() })
  if (seen.doors === doors) return seen.delays
  const delays = delaysBetween(seen.doors, doors)
  setSeen({ doors, delays })
  return delays
}

function delaysBetween(before: Doors, now: Doors): Map<string, number> {
  const opened = [...now].filter(([key, state]) => state === 'open' && (before.get(key) ?? 'open') !== 'open')
  const step = Math.min(STAGGER, STAGGER_IN_ALL / Math.max(1, opened.length))
  return new Map(opened.map(([key], index) => [key, Math.round(index * step)]))
}
