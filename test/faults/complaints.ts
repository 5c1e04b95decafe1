import type { News } from '../../cli/events.ts'
import type { Pass } from './pass.ts'
import { type Stage } from './stage.ts'

/** The longest that a run may take at these tests' haste, in milliseconds. */
const LONGEST = 20_000

/** Everything that must not happen whatever goes wrong, and did. Empty where the run ended well or said why not. */
export function complaintsOf(stage: Stage, pass: Pass): string[] {
  const { news, records, breaches, joined, sessionsLeft, person, took } = pass
  const last = news.at(-1)
  const complaints: string[] = []
  const complain = (isWrong: boolean, complaint: string): void => {
    if (isWrong) complaints.push(complaint)
  }
  complain(took > LONGEST, `it took ${took} ms`)
  complain(!isLastWord(last), `the last word is ${last?.type ?? 'missing'}`)
  if (last?.type === 'failed') {
    complain(last.reason === 'unknown', `no reason: ${last.sentence}`)
    const hasBegun = records.some(({ step }) => step === 'join' || step === 'knock')
    complain(hasBegun && last.journal === null, 'there is no journal to go on with')
  }
  const said = JSON.stringify(news)
  complain(/\bat \S+ \(|\.ts:\d|undefined|\[object/.test(said), `something technical: ${said}`)
  const tokens = new Set([person.token, ...records.map(({ token }) => token ?? person.token)])
  complain(
    [...tokens].some((token) => said.includes(token)),
    'a token was told',
  )
  complain(breaches.afterYes.length > 0, `asked for after a yes: ${breaches.afterYes.join(', ')}`)
  complain(breaches.unverified.length > 0, `asked again unverified: ${breaches.unverified.join(', ')}`)
  const claimed = news.flatMap((each) =>
    each.type === 'joined' && each.roomId !== null ? [each.roomId] : [],
  )
  const untrue = claimed.filter((roomId) => !joined.includes(roomId))
  complain(untrue.length > 0, `said to be joined and isn’t: ${untrue.join(', ')}`)
  const isMissing = (roomId: string): boolean => !joined.includes(roomId)
  if (last?.type === 'finished') {
    const listed = new Set(last.notJoined.map((room) => room.roomId))
    const silent = stage.joinable.filter(
      (roomId) => isMissing(roomId) && !listed.has(roomId) && !isHeldBack(pass, stage, roomId),
    )
    complain(silent.length > 0, `left out silently: ${silent.join(', ')}`)
    const unseen = last.notJoined.filter(({ roomId }) => roomId !== null && joined.includes(roomId))
    complain(
      unseen.length > 0,
      `joined but said not to be: ${unseen.map(({ address }) => address).join(', ')}`,
    )
  }
  const isTold = news.some((each) => each.type === 'notice' && each.sentence.includes('signing out'))
  const couldKnow = records.some(({ step, delivered }) => step === 'login' && delivered !== null)
  complain(sessionsLeft > 0 && couldKnow && !isTold, 'a session was left behind without a word')
  return complaints
}

/** Rooms that anybody can get into and this person isn't in. */
export function missingRooms(stage: Stage, pass: Pass): string[] {
  return stage.joinable.filter((roomId) => !pass.joined.includes(roomId))
}

// Rooms that only the space or an old room leads to are accounted for by what is said of those.
function isHeldBack({ news }: Pass, { roomIdOf }: Stage, roomId: string): boolean {
  const isTold = news.some(
    (each) => each.type === 'notice' && each.sentence.includes('didn’t list the rooms'),
  )
  const replaced = news.some(
    (each) => each.type === 'notJoined' && (each.reason === 'movedLost' || each.address.includes('moved')),
  )
  const name = (wanted: string): boolean => roomIdOf(`#faults-${wanted}:`) === roomId
  return (name('inside') && isTold) || ((name('replacement') || name('moved')) && replaced)
}

function isLastWord(news: News | undefined): boolean {
  return news?.type === 'finished' || news?.type === 'failed' || news?.type === 'interrupted'
}
