import type { JoiningState } from '../../core/onboarding/state.ts'
import { bySection, doorOfLine } from '../hall/picture.ts'
import { sectionName } from '../i18n/section-name.ts'
import { useWords } from '../i18n/words.tsx'
import { Door } from '../parts/Door.tsx'
import { Title } from '../parts/Floor.tsx'
import { statusOf } from './Aware.tsx'
import { Tally } from './Tally.tsx'

/** Every room with its status, section by section. */
export function AllRooms({ state }: { readonly state: JoiningState }) {
  const { t, say } = useWords()
  const { community, progress } = state
  const nextKey = progress.phase === 'running' ? progress.nextKey : null
  const rooms = new Map(community.rooms.map((room) => [room.key, room]))
  return (
    <>
      <Title text={t('joining.allRoomsTitle', { count: progress.lines.length })} />
      <Tally progress={progress} />
      {bySection(community, progress.lines, (section) => sectionName(section, t)).map((section) => (
        <section className="section" key={section.id}>
          <div className="section-head">
            <h2>{section.name}</h2>
            <span className="small quiet">
              {t('app.countOf', {
                some: section.items.filter((line) => line.status === 'joined').length,
                count: section.items.length,
              })}
            </span>
          </div>
          <ul>
            {section.items.map((line) => {
              const label = rooms.get(line.key)?.label ?? null
              return (
                <li className="room is-line" key={line.key}>
                  <Door state={doorOfLine(line, nextKey)} />
                  <div>
                    <bdi className="room-name">{line.name || t('preview.private')}</bdi>
                    {label !== null && label !== line.name && (
                      <span className="room-hint">{say('app.pageSays', { label })}</span>
                    )}
                  </div>
                  <div className="room-meta">{t(statusOf(line, nextKey))}</div>
                </li>
              )
            })}
          </ul>
        </section>
      ))}
    </>
  )
}
