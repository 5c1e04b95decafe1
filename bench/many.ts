import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { blankFacts, communityFromAddress, withSpaceChildren } from '../core/communities/community.ts'
import { freshPace } from '../core/joining/pace.ts'
import { planJoins, planMore } from '../core/joining/plan.ts'
import { roomEntries, withEntry, type JoinQueue } from '../core/joining/queue.ts'
import { chosenBy } from '../core/onboarding/choice.ts'
import { anonymousClient } from '../matrix/client.ts'
import { unending } from '../matrix/http/tempo.ts'
import { JournalFile } from '../matrix/joining/journal-file.ts'
import { askSpaceChildren } from '../matrix/rooms/space-children.ts'
import { bigSpace, type BigSpace } from '../practice/stand-in/big-space.ts'
import { costOf, inTurn, since, summedUp, type Cost } from './cost.ts'

const ROOMS = 5_000
const ROUNDS = 9
const SERVER = 'many.example'
const PAGE = 50

/** Measures planning for 5,000 rooms: from the hierarchy's pages to the queue, and what the journal writes for a room. */
export async function measureMany(): Promise<readonly Cost[]> {
  const space = bigSpace(ROOMS, SERVER)
  const rounds = await inTurn(ROUNDS, () => planned(space))
  const of = (name: keyof Costs, bound: number | null, label: string): Cost =>
    summedUp(
      label,
      rounds.map((costs) => costs[name]),
      bound,
    )
  return [
    of('read', null, 'reading 102 pages, in order'),
    of('merge', null, 'merging with what is known'),
    of('plan', null, 'queue, then rooms only members see'),
    of('all', 1_000, 'planning altogether'),
    of('journal', 5, 'one line of the journal'),
  ]
}

interface Costs {
  readonly read: number
  readonly merge: number
  readonly plan: number
  readonly all: number
  readonly journal: number
}

async function planned(space: BigSpace): Promise<Costs> {
  const client = anonymousClient(`https://${SERVER}`, hierarchyOf(space))
  const pauses = { sleep: () => Promise.resolve(), signal: unending }
  const beginning = process.cpuUsage()
  const children = (await askSpaceChildren(client, space.roomId, pauses)) ?? []
  const read = since(beginning)
  const facts = { ...blankFacts('seen'), roomId: space.roomId, isSpace: true }
  const bare = communityFromAddress({ address: space.alias, via: [SERVER] }, facts)
  // Once with the account, and once more from inside the space, when all of them are known.
  const [merge, community] = await costOf(() =>
    withSpaceChildren(withSpaceChildren(bare, children), children),
  )
  const [plan, queue] = await costOf(() => {
    const keys = chosenBy('all', community, [])
    return planMore(planJoins(community, keys, keys), community.rooms)
  })
  // Beside the rooms stand the spaces that let into them.
  if (roomEntries(queue).length !== ROOMS) throw new Error('Not all rooms were planned')
  return { read, merge, plan, all: since(beginning), journal: await journalCost(queue) }
}

async function journalCost(queue: JoinQueue): Promise<number> {
  const dir = mkdtempSync(join(tmpdir(), 'foyer-many-'))
  try {
    const file = new JournalFile<{ queue: JoinQueue; pace: typeof freshPace }>(join(dir, 'journal.jsonl'))
    file.write({ queue, pace: freshPace })
    const whole = statSync(file.path).size
    const key = queue.entries[ROOMS / 2]?.key ?? ''
    const [cost] = await costOf(() =>
      file.write({ queue: withEntry(queue, key, { status: 'joining' }), pace: freshPace }),
    )
    const line = statSync(file.path).size - whole
    if (line > 2_000) throw new Error(`A line of ${line} bytes for one room`)
    file.remove()
    return cost
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

// As a server answers: text, in pages, straight from memory.
function hierarchyOf({ shown }: BigSpace): typeof globalThis.fetch {
  const pages = Array.from({ length: Math.ceil(shown.length / PAGE) }, (_, index) => {
    const isLast = (index + 1) * PAGE >= shown.length
    const rooms = shown.slice(index * PAGE, (index + 1) * PAGE)
    return JSON.stringify({ rooms, ...(!isLast && { next_batch: String(index + 1) }) })
  })
  return (input) => {
    const address = new URL(input instanceof Request ? input.url : input)
    const page = pages[Number(address.searchParams.get('from') ?? 0)]
    return Promise.resolve(new Response(page, { headers: { 'content-type': 'application/json' } }))
  }
}
