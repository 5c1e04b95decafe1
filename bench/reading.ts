import { readFileSync } from 'node:fs'
import { correct } from '../core/adding/corrections.ts'
import { draftOf, pageOf } from '../core/adding/page-draft.ts'
import { readPage } from '../core/adding/page-reading.ts'
import { checkPage } from '../core/checking/check-page.ts'
import { lookAlikes } from '../core/communities/look-alikes.ts'
import { readManifestText } from '../core/communities/manifest-text.ts'
import { institutionsSchema } from '../core/homeservers/catalogue.ts'
import { searchInstitutions } from '../core/homeservers/search.ts'
import { importPage } from '../core/importing/import-page.ts'
import {
  endlessManifests,
  endlessPages,
  longList,
  manyLongNames,
  manyNames,
  tenMegabytes,
} from '../core/testing/large-inputs.ts'
import { costOf, inTurn, summedUp, type Cost } from './cost.ts'

const ROUNDS = 3

/** Work by its name, with what it may cost at most in milliseconds. */
type Works = Readonly<Record<string, readonly [bound: number, work: () => unknown]>>

/** Measures what large and hostile pages, manifests and lists cost those who read them. */
export async function measureReading(): Promise<readonly Cost[]> {
  const costs: Cost[] = []
  for (const [name, [bound, work]] of Object.entries({ ...large(), ...hostile() })) {
    const rounds = await inTurn(ROUNDS, async () => (await costOf(work))[0])
    costs.push(summedUp(name, rounds, bound))
  }
  return costs
}

function large(): Works {
  const page = tenMegabytes()
  const names = manyNames()
  const rooms = manyLongNames()
  const draft = draftOf(readPage(longList(5_000), { name: 'a.md' }), 'a.md', 1)
  if (draft === null) throw new Error('Nothing was found in the list')
  const one = { kind: 'leaveOut', address: '#room-7:club.test', isOut: true } as const
  const { institutions } = institutionsSchema.parse(
    JSON.parse(readFileSync('assets/homeservers/institutions.json', 'utf8')),
  )
  const many = Array.from({ length: 100 }, () => institutions).flat()
  return {
    'importing ten megabytes': [2_000, () => importPage(page, { name: 'a.md' })],
    'checking 2,700 names': [1_000, () => checkPage(names, { name: 'a.md' })],
    'correcting one of 5,000 rooms': [
      250,
      () => pageOf({ ...draft, corrections: correct(draft.corrections, one) }),
    ],
    'comparing 5,000 long names': [500, () => lookAlikes([...rooms])],
    // At each letter that is typed, in a list a hundred times as long as it is.
    'searching a hundredfold list': [150, () => searchInstitutions(many, 'uni dresden')],
  }
}

function hostile(): Works {
  const pages = Object.entries(endlessPages).flatMap(([what, text]) =>
    ['a.md', 'a.html', 'a.wiki'].map((name) => [
      `importing ${what} without end, ${name}`,
      [1_000, () => importPage(text, { name })] as const,
    ]),
  )
  const manifests = Object.entries(endlessManifests).map(([what, text]) => [
    `reading a manifest of ${what}`,
    [1_000, () => readManifestText(text)] as const,
  ])
  return Object.fromEntries([...pages, ...manifests]) as Works
}
