import type { HomeserverCard } from './state.ts'

/** What a person has to bring or do to get an account, beside a name, a password and a tick. */
export type SignUpNeed = 'token' | 'captcha' | 'email' | 'page' | 'phone'

/** One way to an account: the stages of user-interactive authentication, and what they ask of a person. */
export interface SignUpWay {
  readonly stages: readonly string[]
  /** The easiest first. */
  readonly needs: readonly SignUpNeed[]
}

/** Stages by what they ask for (spec v1.19, user-interactive authentication); any other is a page of the homeserver's. */
const needsByStage: Readonly<Record<string, SignUpNeed | null>> = {
  'm.login.dummy': null,
  'm.login.terms': null,
  'm.login.registration_token': 'token',
  'm.login.recaptcha': 'captcha',
  'm.login.email.identity': 'email',
  'm.login.msisdn': 'phone',
}

const effort: Readonly<Record<SignUpNeed, number>> = { token: 5, captcha: 8, email: 12, page: 20, phone: 25 }

/** What a stage asks of a person; null where a tick or nothing is enough. */
export function needOf(stage: string): SignUpNeed | null {
  return stage in needsByStage ? (needsByStage[stage] ?? null) : 'page'
}

/** The ways that a homeserver's flows amount to, the easiest first. Flows that ask the same of a person are one way. */
export function waysOf(flows: readonly (readonly string[])[]): readonly SignUpWay[] {
  const ways = flows.map((stages): SignUpWay => ({ stages, needs: needsOf(stages) }))
  const sorted = ways.toSorted(
    (one, other) => effortOf(one) - effortOf(other) || one.stages.length - other.stages.length,
  )
  return sorted.filter((way, index) => sorted.findIndex((each) => isAlike(each, way)) === index)
}

/** What is expected of a homeserver until it has told its flows. */
export function expectedWay(asks: HomeserverCard['asks']): SignUpWay {
  return { stages: [], needs: asks.filter((ask) => ask !== 'terms') }
}

/** The way among `ways` that asks the same as `wanted`, else the easiest; -1 where there are none. */
export function indexOfWay(ways: readonly SignUpWay[], wanted: SignUpWay): number {
  const same = ways.findIndex((way) => isAlike(way, wanted))
  return same === -1 ? Math.min(0, ways.length - 1) : same
}

/** What another way asks for beside the present one, and what it does without; each with the hardest last. */
export function differenceOf(
  present: SignUpWay,
  other: SignUpWay,
): { readonly adds: readonly SignUpNeed[]; readonly drops: readonly SignUpNeed[] } {
  return {
    adds: other.needs.filter((need) => !present.needs.includes(need)),
    drops: present.needs.filter((need) => !other.needs.includes(need)),
  }
}

function needsOf(stages: readonly string[]): readonly SignUpNeed[] {
  const needs = new Set(stages.map(needOf).filter((need) => need !== null))
  return [...needs].toSorted((one, other) => effort[one] - effort[other])
}

function effortOf({ needs }: SignUpWay): number {
  return needs.reduce((sum, need) => sum + effort[need], 0)
}

function isAlike(one: SignUpWay, other: SignUpWay): boolean {
  return one.needs.join() === other.needs.join()
}
