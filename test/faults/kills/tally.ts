import { breachesOf } from '../asked-again.ts'
import { addressOf, type RequestRecord } from '../proxy/record.ts'
import type { Wanted } from './galaxy.ts'

/** What came of some kills. */
export interface Tally {
  readonly kills: number
  /** How many people were taken in, each with some of the kills. */
  readonly people: number
  readonly rooms: number
  readonly requests: number
  readonly faults: number
  /** Rooms that somebody isn't in at the end. */
  readonly lost: readonly string[]
  /** Rooms that were asked for after a yes had been handed over. */
  readonly afterYes: readonly string[]
  /** Rooms that were asked for again without having been verified. */
  readonly unverified: readonly string[]
  /** Anything else that must not be. */
  readonly complaints: readonly string[]
  readonly seconds: number
}

export const noTally: Tally = {
  kills: 0,
  people: 0,
  rooms: 0,
  requests: 0,
  faults: 0,
  lost: [],
  afterYes: [],
  unverified: [],
  complaints: [],
  seconds: 0,
}

/** Both together. */
export function sum(one: Tally, other: Tally): Tally {
  return {
    kills: one.kills + other.kills,
    people: one.people + other.people,
    rooms: one.rooms + other.rooms,
    requests: one.requests + other.requests,
    faults: one.faults + other.faults,
    lost: [...one.lost, ...other.lost],
    afterYes: [...one.afterYes, ...other.afterYes],
    unverified: [...one.unverified, ...other.unverified],
    complaints: [...one.complaints, ...other.complaints],
    seconds: one.seconds + other.seconds,
  }
}

/** What one person's way in came to, by what the proxy saw and the homeserver says. */
export function tallyOf(
  wanted: Wanted,
  records: readonly RequestRecord[],
  joined: readonly string[],
): Omit<Tally, 'kills' | 'complaints' | 'seconds'> {
  const { afterYes, unverified } = breachesOf(records, wanted.roomIdOf)
  const asked = new Set(records.filter(({ step }) => step === 'join').map(addressOf))
  return {
    people: 1,
    rooms: asked.size,
    requests: records.length,
    faults: records.filter(({ fault }) => fault !== null).length,
    lost: wanted.joinable.filter((roomId) => !joined.includes(roomId)),
    afterYes,
    unverified,
  }
}

/** One person's figures, with the seed that brings about the same faults again. */
export function lineOf(seed: number, tally: Tally): string {
  const { kills, faults, requests, lost, afterYes, unverified, seconds } = tally
  return (
    `seed ${seed}: ${kills} kills, ${faults} faults in ${requests} requests, ${lost.length} rooms lost, ` +
    `${afterYes.length} asked for after a yes, ${unverified.length} unverified, ${seconds.toFixed(0)} s`
  )
}

/**
 * What happened that must not, a line each. That a room was asked for again unverified isn't among it here: a browser's
 * network stack repeats requests by itself, see the README.
 */
export function breachLines({ lost, afterYes, complaints }: Tally): string[] {
  return [
    ...lost.map((roomId) => `lost: ${roomId}`),
    ...afterYes.map((roomId) => `asked for after a yes: ${roomId}`),
    ...complaints,
  ]
}

/** The figures for people. */
export function tableOf(tallies: Readonly<Record<string, Tally>>): string {
  const head = [
    '',
    'kills',
    'people',
    'rooms',
    'requests',
    'faults',
    'lost',
    'after a yes',
    'unverified',
    'other',
    'time',
  ]
  const rows = Object.entries(tallies)
    .filter(([, { people }]) => people > 0)
    .map(([name, tally]) => [
      name,
      ...[tally.kills, tally.people, tally.rooms, tally.requests, tally.faults].map(String),
      ...[tally.lost, tally.afterYes, tally.unverified, tally.complaints].map((list) => String(list.length)),
      `${Math.round(tally.seconds)} s`,
    ])
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)))
  return [head, ...rows]
    .map((row) =>
      row
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join('  '),
    )
    .join('\n')
}
