import { join } from 'node:path'
import { bridgeCallNames, channelOf } from '../../core/bridge/channels.ts'
import type { RunningFoyer } from '../fixtures/launch.ts'
import { expect, test } from '../fixtures/foyer-test.ts'

const UNFIT = /Refused: the argument does not fit/
const UNKNOWN_SENDER = /Refused: unknown sender/
const preload = join(import.meta.dirname, '../../out/preload/preload.cjs')

test('the bridge takes only what its contract says', async ({ launch }) => {
  const { window: page } = await launch()
  const unfit: readonly (readonly [string, unknown])[] = [
    ['send', undefined],
    ['send', null],
    ['send', 'back'],
    ['send', []],
    ['send', {}],
    ['send', { type: 'installUpdate' }],
    ['send', { type: '__proto__' }],
    ['send', { type: 'openLink' }],
    ['send', { type: 'openLink', text: 'x'.repeat(4001) }],
    ['send', { type: 'openFile', text: 'x'.repeat(1_500_001) }],
    ['send', { type: 'openFile', text: ['x'] }],
    ['send', { type: 'chooseHomeserver', name: 'x'.repeat(301) }],
    ['send', { type: 'showAnother', isOpen: 'yes' }],
    ['send', { type: 'createAccount', username: 'x', password: 1, token: null, acceptsTerms: true }],
    ['send', { type: 'toggleRooms', keys: Array(6001).fill('!x:example.org'), isOn: true }],
    ['openExternal', 1],
    ['openExternal', ['https://example.org/']],
    ['openExternal', `https://example.org/${'x'.repeat(4000)}`],
    ['copyText', { toString: 'x' }],
    ['copyText', 'x'.repeat(10_001)],
    ['saveReport', 'html'],
    ['saveReport', '../../.bashrc'],
    ['getState', 'x'],
    ['getEnvironment', {}],
  ]
  const before = await page.evaluate(() => window.foyer.getState())
  for (const [name, argument] of unfit) {
    const answer = await page.evaluate(
      ([call, value]) => {
        const bridge = window.foyer as unknown as Record<string, (argument: unknown) => Promise<unknown>>
        return bridge[call]?.(value).then(() => 'taken', String)
      },
      [name, argument] as const,
    )
    expect(answer, `${name} ${JSON.stringify(argument)?.slice(0, 60)}`).toMatch(UNFIT)
  }
  expect(await page.evaluate(() => window.foyer.getState())).toEqual(before)
})

test('channels beside the contract do not exist', async ({ launch }) => {
  const { app } = await launch()
  const served = await app.evaluate(({ ipcMain }) =>
    // Not public, and the only way to ask: Electron's table of what is handled.
    [...(Reflect.get(ipcMain, '_invokeHandlers') as Map<string, unknown>).keys()].toSorted(),
  )
  expect(served).toEqual(bridgeCallNames.map(channelOf).toSorted())
})

test('a page that is not ours gets no answer over the bridge', async ({ launch }) => {
  const foyer = await launch()
  expect(await callFrom(foyer, 'about:blank')).toMatch(UNKNOWN_SENDER)
  expect(await callFrom(foyer, 'data:text/html,x')).toMatch(UNKNOWN_SENDER)
  expect(await callFrom(foyer, 'foyer-app://elsewhere/index.html')).toMatch(UNKNOWN_SENDER)
  await expectAlive(foyer)
})

test('a frame gets no answer over the bridge, even with our address', async ({ launch }) => {
  const foyer = await launch()
  expect(await callFrom(foyer, 'foyer-app://screens/index.html', 'frames[0].foyer')).toMatch(UNKNOWN_SENDER)
  // It is the frame that is refused: the page around it would get its answer.
  expect(await callFrom(foyer, 'foyer-app://screens/index.html')).toBe('answered')
  await expectAlive(foyer)
})

/** Calls the bridge from a second window with our preload, whose `foyer-app:` holds nothing but a page with a frame. */
function callFrom({ app }: RunningFoyer, address: string, bridge = 'foyer'): Promise<string> {
  return app.evaluate(
    async ({ BrowserWindow, session: electronSession }, given) => {
      const session = electronSession.fromPartition('elsewhere')
      if (!session.protocol.isProtocolHandled('foyer-app')) {
        const headers = { 'content-type': 'text/html' }
        session.protocol.handle('foyer-app', ({ url }) => {
          const frame = '<iframe src="foyer-app://screens/frame.html"></iframe>'
          return new Response(url.endsWith('frame.html') ? 'x' : frame, { headers })
        })
      }
      const webPreferences = {
        session,
        preload: given.preload,
        sandbox: true,
        nodeIntegrationInSubFrames: true,
      }
      const window = new BrowserWindow({ show: false, webPreferences })
      try {
        await window.loadURL(given.address)
        const script = `${given.bridge}.getState().then(() => 'answered', String)`
        return (await window.webContents.executeJavaScript(script)) as string
      } finally {
        window.destroy()
      }
    },
    { address, bridge, preload },
  )
}

async function expectAlive({ window: page }: RunningFoyer): Promise<void> {
  expect((await page.evaluate(() => window.foyer.getState())).step).toBe('welcome')
}
