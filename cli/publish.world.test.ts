import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createAccount, deviceNames, resolveAlias } from '../practice/admin.ts'
import { makeRoom } from '../practice/fixtures/make-room.ts'
import { testPython } from '../practice/fixtures/python.ts'
import { startWorld, type PracticeWorld } from '../practice/world.ts'
import { runFoyer, type FoyerRun } from './testing/run-foyer.ts'

const HOME = 'matrix.org'
const PASSWORD = 'four unrelated words'
const SPACE = '#club:matrix.org'
const manifest = {
  version: 2,
  name: 'Club',
  space: { address: SPACE },
  rooms: [{ address: '#lobby:matrix.org', label: 'Lobby' }],
  ourOwn: 'stays',
}

let world: PracticeWorld
let dir: string
let file: string

beforeAll(async () => {
  world = await startWorld({ python: testPython(), limits: 'raised' })
  dir = await mkdtemp(join(tmpdir(), 'foyer-publish-'))
  file = join(dir, 'club.json')
  await writeFile(file, JSON.stringify(manifest))
  await makeRoom(world, HOME, { alias: 'club', isSpace: true })
  await makeRoom(world, HOME, { alias: 'club-room' })
})
afterAll(async () => {
  await rm(dir, { recursive: true })
  await world.stop()
})

describe('foyer publish', () => {
  test('writes a manifest into its space, and takes it back', async () => {
    const run = steward([file])
    expect(await run.exit).toBe(0)
    expect(run.stdout()).toBe(`Published in ${SPACE}. A plain link to it now brings all of it.\n`)
    expect(await published()).toEqual(manifest)
    const removal = steward(['--remove', '--space', SPACE])
    expect(await removal.exit).toBe(0)
    expect(await published()).toEqual({})
  })

  test('puts the space into a manifest that names none', async () => {
    const bare = join(dir, 'bare.json')
    await writeFile(bare, JSON.stringify({ ...manifest, space: undefined }))
    expect(await steward([bare]).exit).toBe(2)
    expect(await steward([bare, '--space', SPACE]).exit).toBe(0)
    expect(await published()).toEqual({ ...manifest, space: { address: SPACE, via: [] } })
  })

  test('says what is wrong: not inside, no power, too large, another space, a room, a file with faults', async () => {
    const member = await somebody('publish-member')
    const outside = member([file])
    expect(await outside.exit).toBe(1)
    expect(outside.stderr()).toContain(`isn’t in ${SPACE}. Join it first`)
    expect(await deviceNames(world, '@publish-member:matrix.org')).not.toContain('Foyer (temporary)')

    await world.client.request(HOME, `/_matrix/client/v3/join/${encodeURIComponent(SPACE)}`, {
      token: tokens.get('publish-member') ?? '',
      body: {},
    })
    const powerless = member([file])
    expect(await powerless.exit).toBe(1)
    expect(powerless.stderr()).toContain(`This account may not change ${SPACE}. Ask one of its admins`)
    expect(powerless.stderr().trim().split('\n')).toHaveLength(1)

    const large = join(dir, 'large.json')
    await writeFile(large, JSON.stringify({ ...manifest, more: 'ü'.repeat(30_100) }))
    const tooLarge = steward([large])
    expect(await tooLarge.exit).toBe(2)
    expect(tooLarge.stderr()).toMatch(/has 60,\d+ bytes, and a space takes 60,000\. Put it on the web/)

    const fits = join(dir, 'fits.json')
    const room = 60_000 - Buffer.byteLength(JSON.stringify({ ...manifest, more: '' }))
    await writeFile(fits, JSON.stringify({ ...manifest, more: 'x'.repeat(room) }))
    expect(await steward([fits]).exit).toBe(0)

    await makeRoom(world, HOME, { alias: 'other-club', isSpace: true })
    const other = steward([file, '--space', '#other-club:matrix.org'])
    expect(await other.exit).toBe(2)
    expect(other.stderr()).toBe(`The manifest is about ${SPACE}, which is another space.\n`)

    const about = join(dir, 'room.json')
    await writeFile(about, JSON.stringify({ ...manifest, space: { address: '#club-room:matrix.org' } }))
    const aRoom = steward([about])
    expect(await aRoom.exit).toBe(2)
    expect(aRoom.stderr()).toContain('#club-room:matrix.org is a room.')

    const broken = join(dir, 'broken.json')
    await writeFile(broken, '{"version": 2}')
    const faulty = steward([broken])
    expect(await faulty.exit).toBe(2)
    expect(faulty.stderr()).toContain('is not a community manifest')

    const nowhere = steward([file, '--url', 'https://matrix.org/foyer.json'])
    expect(await nowhere.exit).toBe(1)
    expect(nowhere.stderr()).toContain('https://matrix.org/foyer.json isn’t there')
  })
})

const tokens = new Map<string, string>()

async function somebody(username: string): Promise<(words: readonly string[]) => FoyerRun> {
  tokens.set(username, await createAccount(world, HOME, { username, password: PASSWORD }))
  return (words) => foyer([...words, '--user', `@${username}:matrix.org`, '--password-stdin'], PASSWORD)
}

function steward(words: readonly string[]): FoyerRun {
  return foyer([...words, '--user', '@steward:matrix.org', '--token-stdin'], world.tokens[HOME].steward)
}

function foyer(words: readonly string[], secret: string): FoyerRun {
  const network = ['--proxy', world.proxyUrl, '--ca', world.caPath]
  return runFoyer([...words, ...network], `${secret}\n`, {}, 'publish')
}

async function published(): Promise<unknown> {
  const id = encodeURIComponent(String(await resolveAlias(world, SPACE)))
  const path = `/_matrix/client/v3/rooms/${id}/state/org.foyer.onboarding/`
  return world.client.request(HOME, path, { token: world.tokens[HOME].steward })
}
