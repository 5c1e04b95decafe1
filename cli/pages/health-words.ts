import type { Standing } from '../../core/checking/standing.ts'

const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' })
const moment = new Intl.DateTimeFormat('en-GB', {
  dateStyle: 'long',
  timeStyle: 'short',
  timeZone: 'UTC',
})

/** What a cell says: a word or two that stand for themselves, without colour. */
const standings: Readonly<Record<Standing, string>> = {
  here: 'comes in, quickly',
  open: 'comes in',
  members: 'comes in from the space',
  asks: 'asks, and waits',
  unknown: 'can’t be seen',
  moved: 'has moved',
  closed: 'by invitation',
  elsewhere: 'for another space',
  tooNew: 'server too old',
  missing: 'doesn’t exist',
  unreachable: 'out of reach',
}

/** The words of the health page. */
export const healthWords = {
  title: (community: string) => `Ways into ${community}`,
  standing: (standing: Standing) => standings[standing],
  sum: (failing: number, rooms: number) =>
    failing === 0
      ? `Newcomers come into all ${rooms} rooms.`
      : `${failing} of ${rooms} rooms ${failing === 1 ? 'turns' : 'turn'} newcomers away.`,
  checked: 'Looked at on ',
  moment: (at: number) => `${moment.format(at)} UTC`,
  since: (at: number) => `since ${day.format(at)}`,
  caption: 'How a newcomer of each homeserver fares at each room',
  room: 'Room',
  members: (count: number) => (count === 1 ? '1 member' : `${count} members`),
  space: 'the space',
  total: 'All together',
  open: (open: number, of: number) => `${open} of ${of}`,
  takes: (time: string) => `takes ${time}`,
  trend: (first: string, last: string, from: number, to: number) =>
    `From ${first} on ${day.format(from)} to ${last} on ${day.format(to)}`,
  trendFrom: (first: string, from: number) => `${first} on ${day.format(from)}`,
  findings: 'What to do',
  severity: { error: 'Wrong', warning: 'Most likely wrong', note: 'Good to know' },
  line: (line: number) => `line ${line}`,
  made: 'Made by foyer check. What was looked at is what homeservers tell people without an account.',
  madeInside: 'Made by foyer check, with an account that looked from inside.',
} as const
