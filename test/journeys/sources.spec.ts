import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runFoyer } from '../../cli/testing/run-foyer.ts'
import { addChildren, makeRoom } from '../../practice/fixtures/make-room.ts'
import { expect, PASSWORD, test } from '../fixtures/foyer-test.ts'
import { trulyJoined } from '../fixtures/truth.ts'

const HOME = 'matrix.org'

test('a plain address of a space whose maintainer published a manifest brings all of it', async ({
  newcomer,
  world,
  username,
  profile,
}) => {
  const space = await makeRoom(world, HOME, { alias: 'garden', name: 'Garden Club', isSpace: true })
  const rooms = []
  for (const name of ['shed', 'roses', 'lobby'])
    rooms.push(
      await makeRoom(world, HOME, { alias: `garden-${name}`, name, rule: { restrictedTo: [space] } }),
    )
  await addChildren(world, HOME, space, rooms)
  const file = join(profile, 'garden.json')
  writeFileSync(
    file,
    JSON.stringify({
      version: 2,
      name: 'Garden Club',
      space: { address: '#garden:matrix.org' },
      rooms: [
        { address: '#garden-lobby:matrix.org', label: 'Say hello', section: 'Start here', lobby: true },
        { address: '#garden-roses:matrix.org', label: 'Roses of all kinds', section: 'Plants' },
      ],
    }),
  )
  const network = ['--proxy', world.proxyUrl, '--ca', world.caPath]
  const words = [file, '--user', '@steward:matrix.org', '--token-stdin', ...network]
  const published = runFoyer(words, world.tokens[HOME].steward, {}, 'publish')
  expect(await published.exit, published.stderr()).toBe(0)

  await newcomer.pasteLink('#garden:matrix.org')
  await newcomer.heading('Have a look around')
  await newcomer.joinCommunity('Garden Club')
  await newcomer.continueWith(HOME)
  await newcomer.createAccount({ username, password: PASSWORD })
  // The rooms are for members, so nobody outside can count them.
  await expect.poll(async () => (await newcomer.state('rooms')).isLoading).toBe(false)
  await newcomer.click(newcomer.button('Join Garden Club'))
  await newcomer.arrive()
  const { account, progress, community } = await newcomer.state('done')
  expect(await trulyJoined(world, account.userId, progress.lines)).toHaveLength(3)
  expect(community.rooms.map(({ label, section }) => [label, section])).toEqual([
    ['Say hello', 'Start here'],
    ['Roses of all kinds', 'Plants'],
    [null, 'rest'],
  ])
})

test('a file that is dropped into the window, and one that is chosen with the keyboard', async ({
  newcomer,
  profile,
}) => {
  const { window } = newcomer
  await newcomer.heading(/^Come in/)
  const text = readFileSync('assets/communities/auxolotl.json', 'utf8')
  const dropped = await window.evaluateHandle((content) => {
    const data = new DataTransfer()
    data.items.add(new File([content], 'Auxolotl.json', { type: 'application/json' }))
    return data
  }, text)
  await window.dispatchEvent('main', 'dragover', { dataTransfer: dropped })
  await newcomer.reads('Let go to open it.')
  await window.dispatchEvent('main', 'drop', { dataTransfer: dropped })
  await newcomer.heading('Have a look around')
  expect((await newcomer.state('preview')).community.name).toBe('Auxolotl')
  await newcomer.back()

  await newcomer.heading(/^Come in/)
  const path = join(profile, 'Mathesar.foyer')
  writeFileSync(path, '{"join": "!KQLkDbtIMsvcwUIfNy:matrix.mathesar.org", "via": ["matrix.mathesar.org"]}')
  const choosing = window.waitForEvent('filechooser')
  await newcomer.button('Open a file').press('Enter')
  await (await choosing).setFiles(path)
  await newcomer.heading('Have a look around')
  expect((await newcomer.state('preview')).community.name).toBe('Mathesar')
})

test('a website that says nothing of a community, and a file that is none, say so', async ({ newcomer }) => {
  await newcomer.heading(/^Come in/)
  await newcomer.pasteLink('auxolotl.org')
  await newcomer.reads(/^This website doesn’t say where its community is/)
  const film = await newcomer.window.evaluateHandle(() => {
    const data = new DataTransfer()
    data.items.add(new File(['x'.repeat(1_600_000)], 'film.mp4'))
    return data
  })
  await newcomer.window.dispatchEvent('main', 'drop', { dataTransfer: film })
  await newcomer.reads(/^Foyer can’t read that as a community/)
})
