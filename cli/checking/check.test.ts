import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { readArguments } from '../arguments.ts'
import { reportSchema } from './report.ts'
import { homeserversFor, manifestTarget, readTarget } from './target.ts'

const program = join(import.meta.dirname, '../foyer.mjs')

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'foyer-check-'))
  return () => rmSync(folder, { recursive: true })
})

const clean = {
  version: 2,
  name: 'A',
  space: { address: '#s:b.c' },
  rooms: [{ address: '#a:b.c', lobby: true }],
}
const warned = { ...clean, rooms: [{ address: '#a:b.c' }, { address: '#d:b.c' }] }
const doubled = {
  ...clean,
  space: { address: 'https://matrix.to/#/#s:b.c' },
  rooms: [...clean.rooms, { address: '#a:b.c' }],
}

function write(manifest: object, name = 'a.json'): string {
  const path = join(folder, name)
  writeFileSync(path, `${JSON.stringify(manifest, undefined, 2)}\n`)
  return path
}

function run(...words: string[]): Promise<{ exit: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [program, 'check', ...words], (error, stdout, stderr) => {
      resolve({ exit: error === null ? 0 : Number(error.code), stdout, stderr })
    })
  })
}

describe('foyer check', () => {
  test('exit codes: clean, warnings, strict, errors, and nothing to check', { timeout: 30_000 }, async () => {
    const good = write(clean)
    expect((await run(good)).exit).toBe(0)
    const doubtful = write(warned, 'b.json')
    expect((await run(doubtful)).exit).toBe(0)
    expect((await run(doubtful, '--strict')).exit).toBe(3)
    const several = await run(good, write(doubled, 'c.json'), '--json')
    expect(several.exit).toBe(3)
    const report = reportSchema.parse(JSON.parse(several.stdout))
    expect(report).toMatchObject({ counts: { error: 2 }, exit: 3 })
    expect(report.targets.map((each) => each.findings.length)).toEqual([0, 2])
    const absent = await run(join(folder, 'absent.json'))
    expect([absent.exit, absent.stdout]).toEqual([2, ''])
    expect(absent.stderr).toContain('neither a file')
    expect((await run()).exit).toBe(2)
  })

  test('--fix mends what is safe, says so, and leaves a clean file alone', { timeout: 30_000 }, async () => {
    const path = write(doubled)
    const { exit, stdout } = await run(path, '--fix')
    expect(exit).toBe(0)
    expect(stdout).toContain('fixed  Wrote #s:b.c in place of its link.')
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(clean)
    const again = readFileSync(path, 'utf8')
    expect((await run(path, '--fix')).stdout).toContain('nothing found')
    expect(readFileSync(path, 'utf8')).toBe(again)
  })

  test('a page: its own lines in every format, and nothing mended', { timeout: 60_000 }, async () => {
    const path = join(folder, 'chat.md')
    const page = `# Club\n\nOur space: #club:club.test\n\n| Name | Link |\n|-|-|\n| Plants | #plants:club.test |\n| Music | #plants:club.test |\n`
    writeFileSync(path, page)
    const json = await run(path, '--json')
    expect(json.exit).toBe(3)
    expect(reportSchema.parse(JSON.parse(json.stdout)).targets).toMatchObject([
      {
        kind: 'page',
        findings: [{ id: 'two-names', line: 8, path: ['rooms', 0], address: '#plants:club.test' }],
      },
    ])
    expect((await run(path, '--format', 'github')).stdout).toMatch(/^::error file=[^,]*chat\.md,line=8,/)
    expect(JSON.parse((await run(path, '--format', 'sarif')).stdout)).toMatchObject({
      runs: [{ results: [{ locations: [{ physicalLocation: { region: { startLine: 8 } } }] }] }],
    })
    const fixing = await run(path, '--fix')
    expect(fixing.stderr).toContain('only manifests in files can be mended')
    expect(fixing.stdout).toContain('8  error')
    expect(readFileSync(path, 'utf8')).toBe(page)
    const inside = await run('https://localhost/chat')
    expect([inside.exit, inside.stderr]).toEqual([
      1,
      'https://localhost/chat leads into a private network, so it isn’t read.\n',
    ])
  })

  test('what is on the web: a page by its address, or a manifest', async () => {
    const target = await readTarget('https://club.test/chat', () =>
      Promise.resolve('- Plants: #plants:club.test\n'),
    )
    expect(target).toMatchObject({ kind: 'page', name: 'https://club.test/chat' })
    const manifest = await readTarget('https://club.test/foyer', () => Promise.resolve(JSON.stringify(clean)))
    expect(manifest).toMatchObject({ kind: 'manifest', path: null, check: { findings: [] } })
    expect(homeserversFor(target, { from: [], isOnline: true })).toEqual(['club.test'])
  })

  test('--watch goes on until it is interrupted', { timeout: 30_000 }, async () => {
    const child = spawn(process.execPath, [program, 'check', write(clean), '--watch'], { stdio: 'pipe' })
    const [first] = (await once(child.stdout, 'data')) as [Buffer]
    expect(first.toString()).toContain('nothing found')
    expect(child.exitCode).toBeNull()
    child.kill('SIGINT')
    expect(await once(child, 'close')).toEqual([130, null])
  })

  test('the command line', () => {
    const options = (...words: string[]): unknown => {
      const instruction = readArguments(['check', 'galaxy', ...words], '0')
      return instruction.kind === 'check' ? instruction.options : instruction
    }
    expect(options()).toMatchObject({ targets: ['galaxy'], from: [], format: 'text', everyMinutes: null })
    expect(
      options('--from', 'matrix.org', '--from', 'https://matrix.org/', '--from', '@me:b.c'),
    ).toMatchObject({
      from: ['matrix.org', 'b.c'],
    })
    expect(options('--json')).toMatchObject({ format: 'json' })
    expect(options('--online', '--watch')).toMatchObject({ isOnline: true, everyMinutes: 60 })
    expect(options('--watch', '30')).toMatchObject({ everyMinutes: 30 })
    expect(options('--user', '@me:b.c', '--token-stdin')).toMatchObject({
      user: { id: '@me:b.c', server: 'b.c' },
    })
    for (const wrong of [
      ['--watch', '1'],
      ['--workshop', 'many'],
      ['--workshop', '0'],
      ['--user', '@me:b.c'],
      ['--token-stdin'],
      ['--user', 'me', '--token-stdin'],
      ['--health', 'x'],
      ['--online', '--health', 'x', 'derse'],
      ['--watch', '30', '--fix'],
      ['--json', '--format', 'sarif'],
      ['--format', 'xml'],
      ['--from', '!'],
      ['--proxy', 'socks'],
    ])
      expect(options(...wrong), wrong.join(' ')).toMatchObject({ kind: 'say', exit: 2 })
  })

  test('whom to ask: who was named, else what the manifest suggests, else a link’s own server', async () => {
    const target = manifestTarget('a.json', JSON.stringify({ ...clean, homeservers: [{ name: 'b.c' }] }))
    expect(homeserversFor(target, { from: [], isOnline: false })).toEqual([])
    expect(homeserversFor(target, { from: ['x.y'], isOnline: false })).toEqual(['x.y'])
    expect(homeserversFor(target, { from: ['x.y'], isOnline: true })).toEqual(['x.y', 'b.c'])
    const bare = manifestTarget('a.json', JSON.stringify(clean))
    expect(homeserversFor(bare, { from: [], isOnline: true })).toEqual(['matrix.org'])
    const noPage = (): Promise<string> => Promise.reject(new Error('asks for a page'))
    expect(homeserversFor(await readTarget('#a:b.c', noPage), { from: [], isOnline: false })).toEqual(['b.c'])
    expect(homeserversFor(await readTarget('!v12?via=d.e', noPage), { from: [], isOnline: false })).toEqual([
      'd.e',
    ])
    await expect(readTarget('@me:b.c', noPage)).rejects.toThrow('is a person')
  })
})
