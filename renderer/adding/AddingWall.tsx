import { useMemo } from 'react'
import type { AddingPage, ReadPage } from '../../core/adding/page-state.ts'
import { initialOf } from '../../core/communities/names.ts'
import { hallOfDoors } from '../hall/picture.ts'
import { useWords, type Key } from '../i18n/words.tsx'
import { Hall } from '../parts/Hall.tsx'
import { Icon } from '../parts/Icon.tsx'
import { Passage } from '../parts/Wall.tsx'
import { sectionsOf } from './sections.ts'

const steps = ['adding.step.page', 'adding.step.look', 'adding.step.share'] as const satisfies readonly Key[]

/** The wall beside a maintainer's page: the house that it makes, room by room. */
export function AddingWall({ page }: { readonly page: AddingPage }) {
  const { t } = useWords()
  const read = page.kind === 'read' ? page : null
  const name = read === null || read.name === '' ? t('adding.yours') : read.name
  const step = read === null ? 1 : read.isShared ? 3 : 2
  const count = read === null ? 0 : read.rooms.filter((room) => !room.isOut).length
  return (
    <aside className="wall" aria-label={name}>
      <div className="sign">
        <span className="face" aria-hidden="true">
          {read === null || read.name === '' ? <Icon name="door" /> : initialOf(read.name)}
        </span>
        <div>
          <p className="sign-name">
            <bdi>{name}</bdi>
          </p>
          {count > 0 && <p className="small quiet">{t('app.rooms', { count })}</p>}
        </div>
      </div>
      <p className="narrow-only small quiet">{t('app.stepOf', { step, total: steps.length })}</p>
      <Passage steps={steps} step={step} label={t('adding.passage')} />
      {read !== null && <FoundHall page={read} count={count} />}
    </aside>
  )
}

function FoundHall({ page, count }: { readonly page: ReadPage; readonly count: number }) {
  const { t } = useWords()
  const picture = useMemo(
    () =>
      hallOfDoors(
        sectionsOf(page.rooms, t).map(({ name, items }) => ({
          id: name,
          doors: items.map((room) => ({ key: room.address, state: room.isOut ? 'empty' : 'closed' })),
        })),
      ),
    [page.rooms, t],
  )
  const label = t('hall.rooms', { count })
  return (
    <div className="hall-block">
      <Hall picture={picture} label={label} />
      <p className="hall-caption">{t('adding.hall')}</p>
    </div>
  )
}
