import { expect, test } from 'vitest'
import { statedAge } from './stated-age.ts'

test.each([
  ['You must be at least 18 years old to use this service.', 18],
  ['<p>You must be <b>at least</b>\n 16&nbsp;years old.</p>', 16],
  ['This is for adults, 18 years or older.', 18],
  ['For people aged 18 or over.', 18],
  ['You confirm that you are over the age of 16', 16],
  ['The minimum age is 16.', 16],
  ['People under 16 need a parent. Nobody under 13 may join; you have to be at least 13.', 13],
  ['16 years and older; buying needs 18 years or older', 18],
  ['Du musst mindestens 16 Jahre alt sein.', 16],
  ['Nutzung ab 18 Jahren', 18],
  ['wer das 16. Lebensjahr vollendet hat', 16],
  ['18+ only. Be kind.', 18],
  ['Passwords need at least 12 characters.', null],
  ['We keep logs for at least 14 days.', null],
  ['Accounts are deleted after 18 months; founded 2016.', null],
  ['<script>var age = "at least 18"</script>Be kind.', null],
  ['You must be at least 99 years wise.', null],
  ['', null],
])('%s', (text, age) => {
  expect(statedAge(text)).toBe(age)
})
