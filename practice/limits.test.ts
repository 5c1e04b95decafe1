import { expect, test } from 'vitest'
import { joinLimits, limitsConfig } from './limits.ts'
import { readOptions } from './options.ts'

test('twentyfold is Synapse’s own limits for joins, each bucket leaking twenty times faster', () => {
  for (const bucket of ['local', 'remote'] as const) {
    const { per_second: rate, burst_count: burst } = joinLimits.default[bucket]
    expect(joinLimits.twentyfold[bucket]).toEqual({ per_second: rate * 20, burst_count: burst })
  }
})

test('by default nothing is said about joins, so that Synapse’s own limits are in force', () => {
  expect(Object.keys(limitsConfig('default'))).toEqual(['rc_registration', 'rc_login'])
  expect(limitsConfig('twentyfold')).toMatchObject({ rc_joins: joinLimits.twentyfold })
})

test('the command line takes the three modes and no other', () => {
  for (const limits of ['default', 'raised', 'twentyfold']) {
    expect(readOptions(['--limits', limits])).toMatchObject({ limits })
  }
  expect(() => readOptions(['--limits', 'fast'])).toThrow(
    '--limits is "default", "raised" or "twentyfold", not "fast"',
  )
})
