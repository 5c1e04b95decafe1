import { estimateSeconds, type SecondsRange } from '../joining/estimate.ts'
import type { Facts } from './facts.ts'
import { isFailure, standingOf } from './standing.ts'

/** How long a newcomer of a homeserver takes for the space and all rooms that can be entered. */
export function estimateFrom(
  facts: Facts,
  serverName: string,
): { readonly here: number; readonly rooms: number; readonly seconds: SecondsRange } {
  const server = facts.servers.find((each) => each.name === serverName)
  const all = [...(facts.space === null ? [] : [facts.space]), ...facts.rooms]
  const entered = all.flatMap((report) => {
    const view = report.views.find((each) => each.server === serverName)
    const fails = view === undefined || isFailure(standingOf(facts, report, view, server))
    return fails ? [] : [view]
  })
  const local = entered.filter((view) => view.isHere === true).length
  const remote = entered.filter((view) => view.isHere === false).length
  const isHere = (report: Facts['rooms'][number]): boolean =>
    report.views.some((view) => view.server === serverName && view.isHere === true)
  return {
    here: facts.rooms.filter(isHere).length,
    rooms: facts.rooms.length,
    seconds: estimateSeconds({ local, remote, unknown: entered.length - local - remote }),
  }
}

/** “about 4 min”, “2 to 7 min”, “less than a minute”. */
export function minutesText({ low, high }: SecondsRange): string {
  const [least, most] = [Math.round(low / 60), Math.round(high / 60)]
  if (most === 0) return 'less than a minute'
  return least === most ? `about ${most} min` : `${least} to ${most} min`
}
