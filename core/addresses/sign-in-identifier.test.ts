import { expect, test } from 'vitest'
import { signInIdentifier } from './sign-in-identifier.ts'

test.each([
  ['ada', { kind: 'user', user: 'ada' }],
  ['@ada', { kind: 'user', user: 'ada' }],
  [' Ada ', { kind: 'user', user: 'Ada' }],
  ['@Ada:Example.org', { kind: 'user', user: '@ada:example.org' }],
  ['ada:example.org', { kind: 'user', user: '@ada:example.org' }],
  ['Ada.L@CIT.tum.de', { kind: 'email', address: 'ada.l@cit.tum.de' }],
  ['+49 351 463-0', { kind: 'phone', digits: '493514630' }],
  ['0049 (351) 4630', { kind: 'phone', digits: '493514630' }],
  // Students' usernames look like this.
  ['4711815', { kind: 'user', user: '4711815' }],
  ['0351 4630', { kind: 'user', user: '0351 4630' }],
  ['0351/4630-0', { kind: 'user', user: '0351/4630-0' }],
  ['+12', { kind: 'user', user: '+12' }],
  ['ada@localhost', { kind: 'user', user: 'ada@localhost' }],
])('%s', (text, identifier) => {
  expect(signInIdentifier(text)).toEqual(identifier)
})

test.each([
  ['0351 463-0', { kind: 'phoneAtHome', country: 'DE', number: '0351 463-0' }],
  [' (0351) 46 30 ', { kind: 'phoneAtHome', country: 'DE', number: '(0351) 46 30' }],
  ['+49 351 463-0', { kind: 'phone', digits: '493514630' }],
  // In one piece it may be a username, and too few digits are no number.
  ['03514630', { kind: 'user', user: '03514630' }],
  ['12-34', { kind: 'user', user: '12-34' }],
  ['ada-1234567', { kind: 'user', user: 'ada-1234567' }],
])('%s in Germany', (text, identifier) => {
  expect(signInIdentifier(text, 'DE')).toEqual(identifier)
})
