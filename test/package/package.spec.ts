import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { extractFile, listPackage } from '@electron/asar'
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { packageTestBuild, testBuild, whyNoRelease } from '../../scripts/dist-build.ts'
import { expect, PASSWORD, test } from '../fixtures/foyer-test.ts'
import { trulyJoined } from '../fixtures/truth.ts'
import { Newcomer } from '../pages/newcomer.ts'
import { sitDown } from './ordinary-user.ts'

const asar = join(testBuild.dir, 'resources/app.asar')

test.skip(process.platform !== 'linux', 'Test builds are made on Linux.')
test.beforeAll(() => packageTestBuild())

test('the packaged Foyer takes an ordinary user into Mathesar, in the sandbox', async ({
  world,
  username,
}) => {
  const user = sitDown()
  try {
    // With these two, a package without our fuses would be a plain Node, or a Foyer with options of somebody else's.
    const app = await user.start({
      worldPath: world.descriptionPath,
      env: { ELECTRON_RUN_AS_NODE: '1' },
      nodeOptions: '--max-http-header-size=4321',
    })
    const newcomer = new Newcomer(await app.firstWindow())

    const main = await app.evaluate(({ app: electronApp, BrowserWindow }) => ({
      isPackaged: electronApp.isPackaged,
      hasNoSandbox: electronApp.commandLine.hasSwitch('no-sandbox'),
      maxHeaderSize: process.getBuiltinModule('http').maxHeaderSize,
      pid: process.pid,
      rendererPid: BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId() ?? 0,
    }))
    expect(main).toMatchObject({ isPackaged: true, hasNoSandbox: false, maxHeaderSize: 16_384 })
    expect(processStatus(main.pid)['Uid']).toBe(Array(4).fill(user.uid).join('\t'))

    const renderer = processStatus(main.rendererPid)
    // 2: only the system calls on Chromium's list.
    expect(renderer['Seccomp']).toBe('2')
    expect(renderer['NoNewPrivs']).toBe('1')
    // A second number is the one in a process namespace of its own, where it sees no other process.
    expect(renderer['NSpid']?.split('\t').length).toBeGreaterThan(1)

    // The importer is a process of its own, out of the archive.
    await newcomer.click(newcomer.button('Add your community'))
    await newcomer.fill(newcomer.window.getByRole('textbox'), 'Our lobby is #lobby:matrix.mathesar.org.')
    await newcomer.click(newcomer.button('Read the page'))
    await newcomer.heading('This is what your page says')
    await newcomer.back()

    await newcomer.lookAround('Mathesar')
    await newcomer.joinCommunity('Mathesar')
    await newcomer.continueWith('matrix.mathesar.org')
    await newcomer.createAccount({ username, password: PASSWORD })
    const { account, progress } = await newcomer.joinEverything()
    expect(await trulyJoined(world, account.userId, progress.lines)).toHaveLength(13)
    await app.close()
  } finally {
    user.leave()
  }
})

test('every fuse of the binary is as electron-builder.yml says', async () => {
  const {
    version: _version,
    resetAdHocDarwinSignature: _unused,
    ...wire
  } = await getCurrentFuseWire(join(testBuild.dir, 'foyer'))
  const burnt = Object.fromEntries(
    Object.entries(wire).map(([index, state]) => [FuseV1Options[Number(index)], isOn(Number(state))]),
  )
  // electron-builder can't set it, the file says so: as Electron sets it, and only newer ones have it.
  delete burnt['WasmTrapHandlers']
  // The one difference between a test build and a release: Playwright needs it.
  expect(burnt).toEqual({ ...statedFuses(), EnableNodeCliInspectArguments: true })
  expect(statedFuses()['EnableNodeCliInspectArguments']).toBe(false)
})

test('the package holds what is allowed, and nothing else', () => {
  const allowed =
    /^\/(out(\/main(\/(index|importer)\.js|\/chunks(\/[\w-]+\.js)?)?|\/preload(\/preload\.cjs)?|\/renderer(\/index\.html|\/assets(\/[\w-]+\.(js|css|woff2|svg|png))?)?)?|assets(\/(communities|homeservers)(\/\w+\.json)?)?|package\.json)$/
  const files = listPackage(asar, { isPack: false })
  expect(files.filter((path) => !allowed.test(path))).toEqual([])
  expect(files).toContain('/out/preload/preload.cjs')
  const manifest = JSON.parse(extractFile(asar, 'package.json').toString()) as Record<string, unknown>
  expect(manifest).not.toHaveProperty('devDependencies')
  expect(manifest).not.toHaveProperty('scripts')
  // Nothing else that could be started, and nothing outside the archive.
  expect(readdirSync(join(testBuild.dir, 'resources'))).toEqual(['app.asar'])
  expect(readdirSync(testBuild.dir)).toContain('LICENSE.foyer.txt')
})

test('no release is made with a stand-in Electron, or with a placeholder for what servers are told', () => {
  test.skip(whyNoRelease() === null, 'Everything is as a release needs it.')
  const { status, stderr } = spawnSync('node', ['scripts/dist.ts', '--release'], { encoding: 'utf8' })
  expect(status).toBe(1)
  expect(stderr.trim()).toBe(whyNoRelease())
})

function isOn(state: number): boolean {
  return String.fromCharCode(state) === '1'
}

/** The fuses as electron-builder.yml states them, under Electron's names. */
function statedFuses(): Record<string, boolean> {
  const [, block = ''] =
    /^electronFuses:\n((?: {2}.*\n)+)/m.exec(readFileSync('electron-builder.yml', 'utf8')) ?? []
  return Object.fromEntries(
    [...block.matchAll(/^ {2}(\w)(\w+): (true|false)$/gm)].map(([, first = '', rest, value]) => [
      `${first.toUpperCase()}${rest}`,
      value === 'true',
    ]),
  )
}

/** What Linux says of a process. */
function processStatus(pid: number): Record<string, string> {
  const lines = readFileSync(`/proc/${pid}/status`, 'utf8').split('\n')
  return Object.fromEntries(lines.map((line) => line.split(/:\s+/) as [string, string]))
}
