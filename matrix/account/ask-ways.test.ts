import { expect, test } from 'vitest'
import { json, scripted } from '../testing/scripted-fetch.ts'
import { askWays } from './ask-ways.ts'

const terms = { policies: { p: { version: '1', en: { name: 'Terms', url: 'https://x.example/t' } } } }
const flows = [{ stages: ['m.login.terms'] }, { stages: ['m.login.email.identity'] }]

test.each([
  ['flows', json({ flows, params: { 'm.login.terms': terms } }, 401), { kind: 'told', ways: { length: 2 } }],
  ['a closed door', json({ errcode: 'M_FORBIDDEN' }, 403), { kind: 'silent' }],
  ['an account that nobody asked for', json({ user_id: '@odd:x' }), { kind: 'silent' }],
  ['a page', new Response('<html>', { status: 404 }), { kind: 'silent' }],
  [
    'too many',
    json({ errcode: 'M_LIMIT_EXCEEDED', retry_after_ms: 5_900 }, 429),
    { kind: 'later', wait: 5_900 },
  ],
  [
    'too many, for who knows how long',
    json({ errcode: 'M_LIMIT_EXCEEDED' }, 429),
    { kind: 'later', wait: null },
  ],
  ['trouble of its own', json({}, 502), { kind: 'later', wait: null }],
])('%s', async (_name, answer, asked) => {
  expect(await askWays(scripted(() => answer.clone()).fetch, 'https://x.example', 'en')).toMatchObject(asked)
})
