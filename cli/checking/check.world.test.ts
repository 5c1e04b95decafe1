import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { testWorld } from '../../practice/fixtures/test-world.ts'
import { networkWords } from '../testing/command-line.ts'
import { runAction } from '../testing/run-action.ts'
import { idsByAddress, runCheck, type CheckRun } from '../testing/run-check.ts'
import { readHistory } from './history.ts'
import type { Report } from './report.ts'

const steward = '@steward:tu-dresden.de'

const { world } = await testWorld({ limits: 'default' })
let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'foyer-check-'))
  return () => rm(folder, { recursive: true })
})

/** Every way in which a room of a page can be wrong, one each, beside two that are right. */
const faulty = {
  version: 2,
  name: 'Odd Rooms',
  space: { address: '#odd:tu-dresden.de' },
  rooms: [
    { address: '#odd-plain:tu-dresden.de', label: 'Plain', lobby: true },
    { address: '#odd-restricted:tu-dresden.de', label: 'Restricted', suggested: true },
    { address: '#odd-nothing:tu-dresden.de', label: 'Missing' },
    { address: '#odd-moved:tu-dresden.de', label: 'Moved' },
    { address: '#odd-invite:tu-dresden.de', label: 'Invite only' },
    { address: '#lost:offline.example', label: 'Unreachable' },
    { address: '#odd-foreign:tu-dresden.de', label: 'Foreign' },
    { address: '#odd-knock:tu-dresden.de', label: 'Knock' },
    { address: '#odd-neighbours:tu-dresden.de', label: 'Neighbours' },
    { address: '#odd-ban:tu-dresden.de', label: 'Invoices' },
  ],
}

/** The same faults on a page, as people write them. */
const faultyPage = `# Odd rooms

Join our space: https://matrix.to/#/#odd:tu-dresden.de

| Name | What for | Link |
| --- | --- | --- |
| Plain | Anything | [#odd-plain](https://matrix.to/#/%23odd-plain%3Atu-dresden.de) |
| Restricted | Members of the space | [#odd-restricted](https://matrix.to/#/#odd-restricted:tu-dresden.de) |
| Missing | An alias that is gone | #odd-nothing:tu-dresden.de |
| Moved | Replaced | [#odd-moved](https://matrix.to/#/#odd-moved:tu-dresden.de) |
| Invite only | Private | [#odd-invite](matrix:r/odd-invite:tu-dresden.de) |
| Unreachable | On a server that is away | #general:auxolotl.org |
| Foreign | For another space | [#odd-foreign](https://matrix.to/#/#odd-foreign:tu-dresden.de) |
`

const deRse = ['general', 'introductions', 'jobs', 'events', 'offtopic'] as const

const cleanPage = `# de-RSE

Our space: https://matrix.to/#/#de-rse.org:matrix.org

${deRse.map((name) => `- [deRSE-${name}](https://matrix.to/#/#de-rse.org-${name}:matrix.org)`).join('\n')}
`

const cleanManifest = {
  version: 2,
  name: 'de-RSE',
  space: { address: '#de-rse.org:matrix.org' },
  rooms: deRse.map((name) => ({
    address: `#de-rse.org-${name}:matrix.org`,
    label: `deRSE-${name}`,
    lobby: name === 'introductions',
    suggested: name === 'general' || name === 'introductions' || name === 'events',
  })),
}

describe('foyer check in the practice world', () => {
  test('with an account that is inside: each planted fault is found, and nothing else', async () => {
    const { report, exit } = await checked(
      faulty,
      ['--from', 'matrix.org', '--from', 'tu-dresden.de'],
      steward,
    )
    expect(exit).toBe(3)
    expect(idsByAddress(report)).toEqual({
      '#odd-nothing:tu-dresden.de': ['room-missing'],
      '#odd-moved:tu-dresden.de': ['moved'],
      '#odd-invite:tu-dresden.de': ['invite-only'],
      '#lost:offline.example': ['server-unreachable'],
      '#odd-foreign:tu-dresden.de': ['restricted-elsewhere', 'not-in-space'],
      '#odd-knock:tu-dresden.de': ['asks-first'],
      '#odd-neighbours:tu-dresden.de': ['is-space'],
      '#odd-ban:tu-dresden.de': ['name-differs'],
      '#odd:tu-dresden.de': ['not-listed', 'suggestions-differ'],
      'matrix.org': ['join-time'],
      'tu-dresden.de': ['join-time'],
    })
    const [target] = report.targets
    const rooms = new Map(target?.facts?.rooms.map((room) => [room.address, room.standing]))
    expect(rooms.get('#odd-plain:tu-dresden.de')).toEqual({ 'matrix.org': 'open', 'tu-dresden.de': 'here' })
    expect(rooms.get('#odd-restricted:tu-dresden.de')).toMatchObject({ 'matrix.org': 'members' })
    expect(rooms.get('#odd-moved:tu-dresden.de')).toMatchObject({ 'matrix.org': 'moved' })
    expect(target?.facts?.servers.map((server) => server.software)).toEqual([
      expect.stringMatching(/^Synapse 1\./),
      expect.stringMatching(/^Synapse 1\./),
    ])
    expect(findingOf(report, 'moved')?.message).toContain('Moved here')
    expect(findingOf(report, 'room-missing')?.line).toBe(18)
  })

  test('without an account: what can be seen from outside, and that the rest can’t', async () => {
    const { report, exit } = await checked(faulty, ['--from', 'matrix.org'])
    expect(exit).toBe(3)
    expect(idsByAddress(report)).toEqual({
      '': ['account-needed'],
      '#odd-nothing:tu-dresden.de': ['room-missing'],
      '#odd-restricted:tu-dresden.de': ['room-hidden'],
      '#odd-invite:tu-dresden.de': ['room-hidden'],
      '#lost:offline.example': ['server-unreachable'],
      '#odd-foreign:tu-dresden.de': ['restricted-elsewhere'],
      '#odd-knock:tu-dresden.de': ['asks-first'],
      '#odd-neighbours:tu-dresden.de': ['is-space'],
      '#odd-ban:tu-dresden.de': ['name-differs'],
      'matrix.org': ['join-time'],
    })
  })

  test('no false alarm: a clean page and a clean manifest say how long joining takes, and nothing else', async () => {
    const page = join(folder, 'clean.md')
    const manifest = join(folder, 'clean.json')
    await writeFile(page, cleanPage)
    await writeFile(manifest, JSON.stringify(cleanManifest))
    const from = ['--from', 'matrix.org', '--from', 'tu-dresden.de']
    const account = ['--user', '@steward:matrix.org', '--token-stdin']
    const { report, exit, stderr } = await run(
      [page, manifest, ...from, ...account, '--json', '--strict'],
      world.tokens['matrix.org'].steward,
    )
    expect(stderr).toBe('')
    expect(report?.targets.map(({ kind, findings }) => [kind, findings.map(({ id }) => id)])).toEqual([
      ['page', ['join-time', 'join-time']],
      ['manifest', ['join-time', 'join-time']],
    ])
    expect(exit).toBe(0)
  })

  test('no false alarm: the bundled manifests, seen from their own homeservers, have no error', async () => {
    const server = ['--from', 'matrix.org']
    for (const name of ['derse', 'mathesar', 'auxolotl', 'galaxy']) {
      const { report, exit } = await run([name, ...server, '--json'])
      expect(report?.targets[0]?.findings.filter((each) => each.severity === 'error')).toEqual([])
      expect(exit).toBe(0)
    }
  })

  test('a link to a space is looked into with an account', async () => {
    const { report, exit } = await run(
      ['#odd:tu-dresden.de', '--user', steward, '--token-stdin', '--json'],
      world.tokens['tu-dresden.de'].steward,
    )
    expect(exit).toBe(3)
    expect(report?.targets[0]?.facts?.rooms.length).toBeGreaterThan(7)
    expect(report?.targets[0]?.findings.map((each) => each.id)).toEqual(
      expect.arrayContaining(['moved', 'invite-only', 'join-time']),
    )
  })

  test('a room’s server that goes away is seen from elsewhere, and when it is back', async () => {
    const manifest = {
      version: 2,
      name: 'Aux',
      rooms: [{ address: '#general:auxolotl.org', label: 'General', lobby: true }],
    }
    world.setReachable('auxolotl.org', false)
    const away = await checked(manifest, ['--from', 'matrix.org'])
    expect(findingOf(away.report, 'server-unreachable')?.server).toBe('auxolotl.org')
    world.setReachable('auxolotl.org', true)
    const back = await checked(manifest, ['--from', 'matrix.org', '--from', 'no-such.example'])
    expect(findingOf(back.report, 'server-unreachable')).toBeUndefined()
    expect(findingOf(back.report, 'server-silent')?.server).toBe('no-such.example')
  })

  test('a token that is nobody’s ends the run, and is never repeated', async () => {
    const words = ['derse', '--from', 'matrix.org', '--user', steward, '--token-stdin', '--json']
    const { exit, stderr } = await run(words, 'syt_not_a_token')
    expect(exit).toBe(1)
    expect(stderr).toContain('doesn’t know this access token')
    expect(stderr).not.toContain('syt_')
  })

  test('a page as it is: each planted fault in its own line, from each homeserver', async () => {
    const path = join(folder, 'chat.md')
    await writeFile(path, faultyPage)
    const from = ['--from', 'matrix.org', '--from', 'tu-dresden.de']
    const account = ['--user', steward, '--token-stdin']
    world.setReachable('auxolotl.org', false)
    const health = ['--health', join(folder, 'health')]
    const { report, exit, stderr } = await run(
      [path, ...from, ...account, ...health, '--json'],
      world.tokens['tu-dresden.de'].steward,
    )
    world.setReachable('auxolotl.org', true)
    if (report === null) throw new Error(stderr)
    expect(exit).toBe(3)
    expect(report.targets[0]?.kind).toBe('page')
    expect(idsByAddress(report)).toEqual({
      '#odd-nothing:tu-dresden.de': ['room-missing'],
      '#odd-moved:tu-dresden.de': ['moved'],
      '#odd-invite:tu-dresden.de': ['invite-only'],
      '#general:auxolotl.org': ['server-unreachable'],
      '#odd-foreign:tu-dresden.de': ['restricted-elsewhere', 'not-in-space'],
      '#odd:tu-dresden.de': ['not-listed'],
      'matrix.org': ['join-time'],
      'tu-dresden.de': ['join-time'],
    })
    const lines = faultyPage.split('\n')
    const placed = report.targets[0]?.findings.filter(
      (each) => each.path[0] === 'rooms' && each.path.length > 1,
    )
    expect(placed).toHaveLength(6)
    for (const { line, address } of placed ?? []) expect(lines[(line ?? 0) - 1]).toContain(address?.slice(1))
    const standing = report.targets[0]?.facts?.rooms.find((room) => room.address.startsWith('#odd-invite'))
    expect(standing?.fails).toEqual(['matrix.org', 'tu-dresden.de'])
    const page = await readFile(join(folder, 'health', 'index.html'), 'utf8')
    expect(page).toContain('5 of 8 rooms turn newcomers away.')
    expect(page.match(/<td class="bad">/g)).toHaveLength(10)
  })

  test('the action’s script writes the health page where it is told to, and goes on with its history', async () => {
    await writeFile(join(folder, 'community.json'), JSON.stringify(cleanManifest))
    const inputs = { COMMUNITY: 'community.json\n', FROM: 'matrix.org\ntu-dresden.de\n', HEALTH: 'health' }
    for (const runs of [1, 2]) {
      const { exit, stdout, stderr } = await runAction(folder, inputs, networkWords(world))
      expect(stderr).toBe('')
      expect([exit, stdout]).toEqual([0, expect.stringMatching(/^::notice /)])
      const history = readHistory(await readFile(join(folder, 'health', 'history.json'), 'utf8'))
      expect(history?.runs).toHaveLength(runs)
    }
    const page = await readFile(join(folder, 'health', 'index.html'), 'utf8')
    for (const server of ['matrix.org', 'tu-dresden.de']) expect(page).toContain(server)
    expect(page).not.toContain('<td class="bad">')
  })
})

function findingOf(report: Report, id: string): Report['targets'][number]['findings'][number] | undefined {
  return report.targets[0]?.findings.find((each) => each.id === id)
}

async function checked(
  manifest: object,
  words: readonly string[],
  user?: typeof steward,
): Promise<{ report: Report; exit: number }> {
  const path = join(folder, 'community.json')
  await writeFile(path, JSON.stringify(manifest, undefined, 1))
  const account = user === undefined ? [] : ['--user', user, '--token-stdin']
  const { report, exit, stderr } = await run(
    [path, ...words, ...account, '--json'],
    user === undefined ? '' : world.tokens['tu-dresden.de'].steward,
  )
  if (report === null) throw new Error(stderr)
  return { report, exit }
}

function run(words: readonly string[], input = ''): Promise<CheckRun> {
  return runCheck(world.descriptionPath, words, input)
}
