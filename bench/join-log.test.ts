import { expect, test } from 'vitest'
import { loggedJoin } from './join-log.ts'

// As Synapse 1.163 writes them.
const line = (rest: string): string =>
  `2026-11-21 03:10:56,123 INFO synapse.access.https.8443 127.0.0.1 - 8443 - {@bench-1:auxolotl.org} ${rest}`

test('reads who asked, when, and what the answer was', () => {
  const processed =
    'Processed request: 0.541sec/0.001sec (0.004sec, 0.000sec) (0.001sec/0.002sec/3) 58B 429 "POST /_matrix/client/v3/join/%23a%3Ab?via=c HTTP/1.1" "undici" [0 dbevts]'
  const joined = loggedJoin(line(processed))
  expect(joined).toMatchObject({ userId: '@bench-1:auxolotl.org', status: 429 })
  expect(joined && joined.answeredAt - joined.receivedAt).toBeCloseTo(541)
})

test('leaves other requests alone', () => {
  const processed =
    'Processed request: 0.002sec/0.001sec (0.004sec, 0.000sec) (0.001sec/0.002sec/3) 58B 200 "GET /_matrix/client/v3/joined_rooms HTTP/1.1" "undici" [0 dbevts]'
  expect(loggedJoin(line(processed))).toBeNull()
})
