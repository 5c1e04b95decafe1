import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runFoyer } from '../../cli/testing/run-foyer.ts'
import { addChildren, makeRoom } from '../../practice/fixtures/make-room.ts'
import { WEB_HOST } from '../../practice/servers.ts'
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

test('the address of a space that nobody has described leads to all its rooms', async ({
  newcomer,
  world,
  username,
}) => {
  const space = await makeRoom(world, HOME, { alias: 'orchard', name: 'Orchard', isSpace: true })
  const rooms = []
  for (const name of ['apples', 'pears', 'plums'])
    rooms.push(await makeRoom(world, HOME, { alias: `orchard-${name}`, name }))
  await addChildren(world, HOME, space, rooms)
  await newcomer.pasteLink('#orchard:matrix.org')
  await newcomer.heading('Have a look around')
  await newcomer.joinCommunity('Orchard')
  await newcomer.continueWith(HOME)
  await newcomer.createAccount({ username, password: PASSWORD })
  const { account, progress } = await newcomer.joinEverything()
  expect(await trulyJoined(world, account.userId, progress.lines)).toHaveLength(3)
})

test('a manifest’s address on the web, which has moved once, leads to all rooms', async ({
  newcomer,
  world,
  username,
}) => {
  const { pages } = world.website
  pages.set('/old.json', { location: `https://${WEB_HOST}/auxolotl.json` })
  pages.set('/auxolotl.json', {
    body: readFileSync('assets/communities/auxolotl.json', 'utf8'),
    type: 'application/json',
  })
  await newcomer.pasteLink(`https://${WEB_HOST}/old.json`)
  await newcomer.heading('Have a look around')
  await newcomer.joinCommunity('Auxolotl')
  await newcomer.continueWith('auxolotl.org')
  await newcomer.createAccount({ username, password: PASSWORD, token: 'axolotl-welcome' })
  const { account, progress } = await newcomer.joinEverything()
  expect(await trulyJoined(world, account.userId, progress.lines)).toHaveLength(33)
})

test('the bare name of a website that says which community is its own leads to all rooms', async ({
  newcomer,
  world,
  username,
}) => {
  world.website.pages.set('/.well-known/matrix/org.foyer.onboarding', {
    body: readFileSync('assets/communities/mathesar.json', 'utf8'),
    type: 'application/json',
  })
  await newcomer.pasteLink(WEB_HOST)
  await newcomer.heading('Have a look around')
  await newcomer.joinCommunity('Mathesar')
  await newcomer.continueWith('matrix.mathesar.org')
  await newcomer.createAccount({ username, password: PASSWORD })
  const { account, progress } = await newcomer.joinEverything()
  expect(await trulyJoined(world, account.userId, progress.lines)).toHaveLength(13)
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
