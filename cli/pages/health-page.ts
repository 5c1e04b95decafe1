import { createElement as h, type ReactNode } from 'react'
import type { Facts, RoomReport, RoomView } from '../../core/checking/facts.ts'
import { checkOf, type CheckId } from '../../core/checking/catalogue.ts'
import { estimateFrom, minutesText } from '../../core/checking/join-time.ts'
import { isFailure, standingOf, type Standing } from '../../core/checking/standing.ts'
import { allOf, failingSince, trendOf, type History } from '../checking/history.ts'
import type { Checked } from '../checking/report.ts'
import { healthWords as words } from './health-words.ts'
import { staticPage } from './static-page.ts'

/** Findings that are shown; a page of thousands would help nobody. */
const MOST_FINDINGS = 200

/** Rooms by homeservers, red where a newcomer would fail, with the trend. Whole without a script. */
export function healthPage(checked: Checked & { readonly facts: Facts }, history: History): string {
  const { community, facts } = checked
  const title = words.title(community)
  const rooms = allOf(facts)
  const failing = rooms.filter((room) =>
    facts.servers.some(({ name }) => failsFrom(facts, room, name)),
  ).length
  const sum = words.sum(failing, rooms.length)
  return staticPage({
    title,
    description: sum,
    language: 'en',
    colour: null,
    styles: STYLES,
    body: h(
      'main',
      null,
      h('h1', null, title),
      h('p', { className: failing === 0 ? 'sum' : 'sum bad' }, sum),
      h(
        'p',
        { className: 'quiet' },
        words.checked,
        h('time', { dateTime: new Date(facts.at).toISOString() }, words.moment(facts.at)),
      ),
      h(
        'div',
        { className: 'scroll', role: 'region', 'aria-label': words.caption, tabIndex: 0 },
        table(facts, rooms, history),
      ),
      ...findingsOf(checked),
      h('p', { className: 'small quiet made' }, facts.isSignedIn ? words.madeInside : words.made),
    ),
  })
}

function table(facts: Facts, rooms: readonly RoomReport[], history: History): ReactNode {
  return h(
    'table',
    null,
    h('caption', null, words.caption),
    h(
      'thead',
      null,
      h(
        'tr',
        null,
        h('th', { scope: 'col' }, words.room),
        ...facts.servers.map(({ name }) => h('th', { key: name, scope: 'col' }, name)),
      ),
    ),
    h(
      'tbody',
      null,
      ...rooms.map((room) =>
        h(
          'tr',
          { key: room.address },
          h('th', { scope: 'row' }, ...roomHead(room, room === facts.space)),
          ...facts.servers.map(({ name }) => cell(facts, room, name, history)),
        ),
      ),
    ),
    h(
      'tfoot',
      null,
      h(
        'tr',
        null,
        h('th', { scope: 'row' }, words.total),
        ...facts.servers.map(({ name }) => h('td', { key: name }, ...totalOf(facts, name, history))),
      ),
    ),
  )
}

function roomHead(room: RoomReport, isSpace: boolean): ReactNode[] {
  const { details, label, address } = room
  const name = details?.name ?? label
  const members = details?.members ?? null
  const facts = [...(isSpace ? [words.space] : []), ...(members === null ? [] : [words.members(members)])]
  return [
    h('span', { key: 'name', className: 'name' }, name ?? address),
    name === null ? null : h('span', { key: 'address', className: 'small quiet' }, address),
    facts.length === 0 ? null : h('span', { key: 'facts', className: 'small quiet' }, facts.join(' · ')),
  ]
}

function cell(facts: Facts, room: RoomReport, server: string, history: History): ReactNode {
  const standing = standingFrom(facts, room, server)
  if (standing === null) return h('td', { key: server })
  const since = isFailure(standing) ? failingSince(history, room.address, server) : null
  // The first run can't know since when.
  const isOld = since !== null && since !== facts.at
  return h(
    'td',
    { key: server, className: lookOf(standing) },
    h('span', { 'aria-hidden': true, className: 'sign' }, signOf(standing)),
    words.standing(standing),
    isOld ? h('span', { className: 'small since' }, words.since(since)) : null,
  )
}

function totalOf(facts: Facts, server: string, history: History): ReactNode[] {
  const trend = trendOf(history, server)
  const count = history.runs.at(-1)?.servers[server]
  if (count === undefined) return []
  const isReachable = facts.servers.find((each) => each.name === server)?.isReachable === true
  const time = minutesText(estimateFrom(facts, server).seconds)
  return [
    h('span', { key: 'count', className: 'name' }, words.open(count.open, count.of)),
    isReachable ? h('span', { key: 'time', className: 'small quiet' }, words.takes(time)) : null,
    trend.length < 2 ? null : h('span', { key: 'trend', className: 'small quiet' }, ...sparkline(trend)),
  ]
}

/** A line over time, whose beginning and end are also said in words. */
function sparkline(trend: readonly { at: number; share: number }[]): ReactNode[] {
  const [first, last] = [trend[0], trend.at(-1)]
  if (first === undefined || last === undefined) return []
  const width = 120
  const span = Math.max(1, last.at - first.at)
  const points = trend.map(({ at, share }) => {
    const x = 2 + ((at - first.at) / span) * (width - 4)
    return `${x.toFixed(1)},${(22 - share * 20).toFixed(1)}`
  })
  const percent = (share: number): string => `${Math.round(share * 100)} %`
  const label = words.trend(percent(first.share), percent(last.share), first.at, last.at)
  return [
    h(
      'svg',
      { key: 'line', viewBox: `0 0 ${width} 24`, width, height: 24, role: 'img', 'aria-label': label },
      h('title', null, label),
      h('path', { d: `M0 22.5H${width}`, className: 'base' }),
      h('polyline', { points: points.join(' '), className: 'trend' }),
      h('circle', { cx: width - 2, cy: 22 - last.share * 20, r: 2.5, className: 'now' }),
    ),
    h('span', { key: 'since', 'aria-hidden': true }, words.trendFrom(percent(first.share), first.at)),
  ]
}

function findingsOf({ findings }: Checked): ReactNode[] {
  if (findings.length === 0) return []
  return [
    h('h2', { key: 'title' }, words.findings),
    ...(['error', 'warning', 'note'] as const).flatMap((severity) => {
      const some = findings.filter((each) => each.severity === severity).slice(0, MOST_FINDINGS)
      const ids = [...new Set(some.map((each) => each.id))]
      if (some.length === 0) return []
      return [
        h('h3', { key: severity, className: severity }, words.severity[severity]),
        ...ids.map((id) => advice(id, some)),
      ]
    }),
  ]
}

/* One check with everything it found, and once what to do about it. */
function advice(id: CheckId, findings: Checked['findings']): ReactNode {
  const { title, remedy } = checkOf(id)
  return h(
    'section',
    { key: id, className: 'advice' },
    h('div', { className: 'head' }, h('h4', null, title), h('span', { className: 'small quiet id' }, id)),
    h(
      'ul',
      null,
      ...findings
        .filter((each) => each.id === id)
        .map(({ message, line, address, server }) =>
          h(
            'li',
            { key: `${address ?? ''} ${server ?? ''} ${line ?? ''} ${message}` },
            message,
            line === null ? null : h('span', { className: 'small quiet' }, ` ${words.line(line)}`),
          ),
        ),
    ),
    h('p', { className: 'quiet' }, ...marked(remedy)),
  )
}

/* The catalogue's own sentences, whose only marks are code and links to what isn't beside this page. */
function marked(text: string): ReactNode[] {
  const plain = text.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
  return plain.split('`').map((part, index) => (index % 2 === 1 ? h('code', { key: index }, part) : part))
}

function standingFrom(facts: Facts, room: RoomReport, server: string): Standing | null {
  const view: RoomView | undefined = room.views.find((each) => each.server === server)
  if (view === undefined) return null
  return standingOf(
    facts,
    room,
    view,
    facts.servers.find((each) => each.name === server),
  )
}

function failsFrom(facts: Facts, room: RoomReport, server: string): boolean {
  const standing = standingFrom(facts, room, server)
  return standing !== null && isFailure(standing)
}

function lookOf(standing: Standing): string {
  if (isFailure(standing)) return 'bad'
  return standing === 'asks' || standing === 'unknown' ? 'wait' : 'good'
}

function signOf(standing: Standing): string {
  return { bad: '✕', wait: '–', good: '✓' }[lookOf(standing)] ?? ''
}

const STYLES = `
main { max-inline-size: 64rem }
.sum { font-size: var(--text-head); line-height: var(--line-head) }
.sum.bad { color: var(--danger); font-weight: var(--weight-strong) }
.scroll { margin-block: var(--s5); overflow-x: auto; border: var(--stroke) solid var(--hair);
  border-radius: var(--round-panel) }
table { border-collapse: collapse; inline-size: 100%; font-variant-numeric: tabular-nums }
caption { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%) }
th, td { padding: var(--s2) var(--s3); text-align: start; vertical-align: top; font-weight: inherit;
  border-block-end: var(--stroke) solid var(--hair) }
thead th { font-weight: var(--weight-strong) }
thead th, thead tr > :first-child, tfoot tr > :first-child { background: var(--wash) }
tbody th { min-inline-size: min(13rem, 40vw); overflow-wrap: anywhere }
tr > :first-child { position: sticky; inset-inline-start: 0; background: var(--floor) }
tfoot th, tfoot td { border-block-end: none; background: var(--wash) }
tfoot tr > :first-child { font-weight: var(--weight-strong) }
td { min-inline-size: 9rem; border-inline-start: var(--stroke) solid var(--hair) }
tbody td { padding-inline-start: calc(var(--s3) + 1.4em); text-indent: -1.4em }
td span { text-indent: 0 }
th .name, td .name, th .small, td .small { display: block }
.name { font-weight: var(--weight-strong) }
.sign { display: inline-block; inline-size: 1.4em; font-weight: var(--weight-strong) }
td.bad { background: var(--danger-wash); color: var(--danger); font-weight: var(--weight-strong) }
td.bad .since { font-weight: normal }
td.wait { color: var(--ink-2) }
td.good .sign { color: var(--accent) }
svg { display: block; margin-block-start: var(--s1); max-inline-size: 100% }
.base { stroke: var(--hair) }
.trend { fill: none; stroke: var(--accent); stroke-width: 2; stroke-linejoin: round }
.now { fill: var(--accent) }
h3 { margin: var(--s5) 0 var(--s2); font-size: var(--text-name); line-height: var(--line-name) }
h3.error { color: var(--danger) }
h4 { margin: 0; font-size: inherit; line-height: inherit }
.advice { max-inline-size: var(--measure); padding-block: var(--s3); border-block-start: var(--stroke) solid var(--hair) }
.advice li { padding-block-start: var(--s1); overflow-wrap: anywhere }
.head { display: flex; flex-wrap: wrap; justify-content: space-between; column-gap: var(--s4) }
code { font-size: 0.95em }
.made { margin-block-start: var(--s6) }
`
