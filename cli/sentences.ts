import type { EventRoom, News } from './events.ts'
import { durationText } from './words.ts'

/** What an event says to people, a line each; nothing where programs alone care. */
export function linesOf(news: News): string[] {
  switch (news.type) {
    case 'planned':
      return news.isDryRun ? dryRunLines(news) : [headline(news)]
    case 'added':
      return news.rooms.length === 0 ? [] : [`${rooms(news.rooms.length)} more inside the space.`]
    case 'joined':
      return [`joined      ${titleOf(news)}${news.hasMoved ? ' (at its new address)' : ''}`]
    case 'notJoined':
      return [`not joined  ${titleOf(news)}: ${news.sentence}`]
    case 'code':
      return [`Open ${news.page} in any browser and enter ${news.code}`]
    case 'waiting':
      return []
    case 'quiet':
      return [quietLine(news)]
    case 'offline':
      return [`${news.homeserver} isn’t answering. Foyer goes on as soon as it does.`]
    case 'online':
      return [`${news.homeserver} answers again.`]
    case 'finished':
      return finishedLines(news)
    case 'notice':
    case 'failed':
      return [news.sentence]
    case 'interrupted':
      return [
        news.asked === 0
          ? 'Stopped before anything was asked for.'
          : `Stopped. ${news.joined} of ${news.asked} joined.`,
      ]
  }
}

/** What to call a room. */
export function titleOf(room: Pick<EventRoom, 'name' | 'address'>): string {
  return room.name === null || room.name === room.address ? room.address : `${room.name} (${room.address})`
}

function headline(news: Extract<News, { type: 'planned' }>): string {
  const left = news.asked - news.joined
  const more = news.mayGrow ? ' and those that only the space knows' : ''
  const before = news.isResumed ? `Going on: ${news.joined} of ${news.asked} joined. ` : ''
  return `${before}${news.community.name}: ${rooms(left)}${more}, ${durationText(news.seconds)}.`
}

function quietLine({ isOn, rooms: count, isComplete }: Extract<News, { type: 'quiet' }>): string {
  if (isOn) return `Quiet start: ${count === 1 ? '1 room rings' : `${count} rooms ring`} for mentions only.`
  return isComplete ? 'The quiet start was taken back.' : 'Not all of the quiet start was taken back.'
}

function dryRunLines(news: Extract<News, { type: 'planned' }>): string[] {
  const here = news.rooms.filter((room) => room.kind === 'room' && room.isHere === true).length
  return [
    headline(news),
    `${here} of ${rooms(news.asked)} ${here === 1 ? 'is' : 'are'} on ${news.homeserver} already.`,
    ...(news.isQuiet ? ['They are to ring for mentions only; --no-quiet leaves them as they are.'] : []),
    ...news.rooms.map((room) => `  ${room.kind === 'space' ? 'space' : 'room '}  ${titleOf(room)}`),
  ]
}

function finishedLines(news: Extract<News, { type: 'finished' }>): string[] {
  if (news.isDryRun) return ['Nothing was joined.']
  const head = `${news.joined} of ${rooms(news.asked)} joined.`
  if (news.notJoined.length === 0) return [head]
  return [
    head,
    'Not joined:',
    ...news.notJoined.flatMap((room) => [`  ${titleOf(room)}`, `    ${room.sentence}`]),
  ]
}

function rooms(count: number): string {
  return count === 1 ? '1 room' : `${count} rooms`
}
