import { joinLimits } from '../practice/limits.ts'
import { boundAt } from './bound.ts'
import { plotOf, type Series } from './plot.ts'
import type { ScenePlayed } from './scenes.ts'

// Told apart by people who see colours differently (Okabe and Ito's, two of them darker), and by weight and dashes.
const colours = ['#0072b2', '#d55e00', '#007a5a', '#a8457f', '#8a6d00']

/** The README's picture: one scene, its bound, and every way through it. */
export function joiningPlot({ scene, places, bound, runs }: ScenePlayed): string {
  const rooms = places.local + places.remote
  const limits = joinLimits[scene.limits]
  const moments = Array.from({ length: Math.ceil(bound * 100) + 1 }, (_, index) => index / 100)
  const boundJoins = Array.from({ length: rooms }, (_, index) =>
    moments.find((moment) => boundAt(moment, places, limits) > index),
  )
  const series: Series[] = [
    ...runs.map(({ way, run }, index): Series => {
      const isAll = run.joined === rooms
      const count = isAll ? `all ${rooms} rooms` : `${run.joined} of ${rooms} rooms`
      const refusals = run.refused === 1 ? '1 request refused' : `${run.refused} requests refused`
      const end = `${run.seconds.toFixed(1)} s`
      return {
        label: `${way.name}: ${count} ${isAll ? `in ${end}` : `and gave up after ${end}`}, ${refusals}`,
        colour: colours[index % colours.length] ?? '#000000',
        isBold: index === 0,
        joinedAt: run.joinedAt,
        ...(!isAll && { gaveUpAt: Math.max(run.seconds, run.joinedAt.at(-1) ?? 0) }),
      }
    }),
    {
      label: `the earliest that the limits permit: ${bound.toFixed(1)} s`,
      colour: '#26323a',
      isDashed: true,
      joinedAt: boundJoins.map((moment) => moment ?? bound),
    },
  ]
  return plotOf(series, rooms, {
    title: `${scene.name}: rooms joined over time`,
    description: series.map((each) => each.label).join('. '),
  })
}
