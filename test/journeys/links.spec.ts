import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, PASSWORD, test } from '../fixtures/foyer-test.ts'
import { trulyJoined } from '../fixtures/truth.ts'
import { Newcomer } from '../pages/newcomer.ts'

const MATHESAR = '!KQLkDbtIMsvcwUIfNy:matrix.mathesar.org'
const link = `foyer:?join=${encodeURIComponent(MATHESAR)}&via=matrix.mathesar.org&server=auxolotl.org&token=axolotl-welcome&preset=all`

test('a clicked link carries community, homeserver, invite code and rooms, also over a restart', async ({
  world,
  launch,
  username,
}) => {
  let foyer = await launch({ switches: [link] })
  let newcomer = new Newcomer(foyer.window)
  await newcomer.heading('Have a look around')
  await newcomer.joinCommunity('Mathesar')
  await foyer.app.close()
  // The link is not passed again.
  foyer = await launch()
  newcomer = new Newcomer(foyer.window)
  await newcomer.heading('Where should your account live?')
  await newcomer.click(newcomer.button('Continue with auxolotl.org'))
  await newcomer.reads('Your link brought the invite code along.')
  await expect(foyer.window.getByLabel('Invite code')).toHaveCount(0)
  const shown = JSON.stringify(await newcomer.state('createAccount'))
  expect(shown).not.toContain('axolotl-welcome')
  await newcomer.createAccount({ username, password: PASSWORD })
  await expect(foyer.window.getByRole('radio', { name: /^Everything/ })).toBeChecked()
  await newcomer.join()
  await newcomer.arrive()
  const { account, progress } = await newcomer.state('done')
  expect(account.homeserver).toBe('auxolotl.org')
  expect(await trulyJoined(world, account.userId, progress.lines)).toHaveLength(13)
})

test('an invitation file, opened while Foyer runs, leads to all rooms', async ({
  newcomer,
  world,
  launch,
  profile,
  username,
}) => {
  const manifest: unknown = JSON.parse(readFileSync('assets/communities/auxolotl.json', 'utf8'))
  const path = join(profile, 'Auxolotl.foyer')
  const parts = { server: 'auxolotl.org', token: 'axolotl-welcome', preset: 'all' }
  writeFileSync(path, JSON.stringify({ join: manifest, ...parts }))
  await newcomer.heading(/^Come in/)
  // A second Foyer hands the file to the one that runs, and ends.
  await expect(launch({ switches: [path] })).rejects.toThrow()
  await newcomer.heading('Have a look around')
  await newcomer.joinCommunity('Auxolotl')
  await newcomer.continueWith('auxolotl.org')
  await newcomer.createAccount({ username, password: PASSWORD })
  await newcomer.join()
  await newcomer.arrive()
  const { account, progress } = await newcomer.state('done')
  expect(await trulyJoined(world, account.userId, progress.lines)).toHaveLength(33)
})

test('a file that is no invitation says so', async ({ launch, profile }) => {
  const path = join(profile, 'broken.foyer')
  writeFileSync(path, '{"join": 7}')
  const { window } = await launch({ switches: [path] })
  await new Newcomer(window).reads(/^Foyer can’t read that as a community/)
})
