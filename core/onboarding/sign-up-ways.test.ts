import { expect, test } from 'vitest'
import { differenceOf, expectedWay, indexOfWay, waysOf } from './sign-up-ways.ts'

const TOKEN = 'm.login.registration_token'
const EMAIL = 'm.login.email.identity'
const PHONE = 'm.login.msisdn'
const CAPTCHA = 'm.login.recaptcha'
const TERMS = 'm.login.terms'
const DUMMY = 'm.login.dummy'

test.each([
  [[[DUMMY]], [[]]],
  [[[TERMS, DUMMY]], [[]]],
  [
    [[EMAIL], [TOKEN]],
    [['token'], ['email']],
  ],
  [[[CAPTCHA, TERMS, EMAIL]], [['captcha', 'email']]],
  [
    [[EMAIL, PHONE], [PHONE], [EMAIL], [DUMMY]],
    [[], ['email'], ['phone'], ['email', 'phone']],
  ],
  [[['org.example.quiz']], [['page']]],
  [
    [['m.login.sso'], [CAPTCHA]],
    [['captcha'], ['page']],
  ],
  // The same things in another order are no other way.
  [
    [
      [EMAIL, CAPTCHA],
      [CAPTCHA, EMAIL],
    ],
    [['captcha', 'email']],
  ],
  [[], []],
])('%j: %j', (flows, needs) => {
  expect(waysOf(flows).map((way) => way.needs)).toEqual(needs)
})

test('of flows that ask the same, the shorter one is followed', () => {
  expect(waysOf([[TERMS, DUMMY], [DUMMY]])).toEqual([{ stages: [DUMMY], needs: [] }])
})

test('a way is found again in what the server says later', () => {
  const ways = waysOf([[TOKEN], [EMAIL, TERMS]])
  expect(indexOfWay(ways, expectedWay(['email', 'terms']))).toBe(1)
  expect(indexOfWay(ways, expectedWay([]))).toBe(0)
  expect(indexOfWay([], expectedWay([]))).toBe(-1)
})

test.each([
  [[DUMMY], [EMAIL], ['email'], []],
  [[CAPTCHA, EMAIL], [CAPTCHA], [], ['email']],
  [[TOKEN], [CAPTCHA, EMAIL], ['captcha', 'email'], ['token']],
  [[PHONE, EMAIL], [EMAIL], [], ['phone']],
])('%j beside %j', (present, other, adds, drops) => {
  const [one] = waysOf([present])
  const [two] = waysOf([other])
  if (one === undefined || two === undefined) throw new Error('A way is missing')
  expect(differenceOf(one, two)).toEqual({ adds, drops })
})
