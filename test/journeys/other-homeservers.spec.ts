import { expect } from '../fixtures/foyer-test.ts'
import { test } from '../fixtures/other-software-test.ts'
import { keepPublicList } from '../fixtures/public-list.ts'
import { Newcomer } from '../pages/newcomer.ts'

const FIRST = ['auxolotl.org', 'matrix.mathesar.org', 'matrix.org']
const OTHERS = ['gitter.im', 'tu-dresden.de']

test('who likes none of the three sees others, which are asked as well, and the first ones again', async ({
  launch,
  profile,
  software,
}) => {
  for (const name of OTHERS) software.ways.open.add(name)
  keepPublicList(profile, ['auxolotl.org', ...OTHERS])
  const newcomer = new Newcomer((await launch({ through: software.descriptionPath })).window)
  const names = async (): Promise<string[]> =>
    (await newcomer.state('homeserver')).cards.map((card) => card.name).toSorted()
  const answered = async (): Promise<boolean> =>
    (await newcomer.state('homeserver')).cards.every((card) => card.seconds !== null)
  await newcomer.lookAround('Mathesar')
  await newcomer.joinCommunity('Mathesar')
  await newcomer.click(newcomer.button(/^Show other homeservers/))

  await expect.poll(names).toEqual(OTHERS)
  await expect.poll(answered).toBe(true)
  await expect(newcomer.window.getByRole('radio')).toHaveCount(OTHERS.length)
  await newcomer.reads('None of the 13 rooms so far')
  await expect(newcomer.window.getByRole('radio', { checked: true })).toHaveCount(1)
  await newcomer.click(newcomer.window.getByRole('radio', { name: /^gitter\.im/ }))
  await expect(newcomer.button('Continue with gitter.im')).not.toHaveAttribute('aria-disabled')

  await newcomer.click(newcomer.button('Show the first ones again'))
  await expect.poll(names).toEqual(FIRST)
  await expect.poll(answered).toBe(true)
  await newcomer.continueWith('matrix.mathesar.org')
  await newcomer.heading('Create your account')
})
