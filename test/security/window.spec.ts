import { expect, test } from '../fixtures/foyer-test.ts'

const PAGE = 'foyer-app://screens/index.html'

test('the window stays on its page', async ({ launch }) => {
  const { app } = await launch()
  const elsewhere = [
    'https://example.org/',
    'file:///etc/passwd',
    'data:text/html,gone',
    'javascript:document.title="gone"',
    // Not about:blank: Chromium asks nobody about it. There the bridge refuses to answer, see bridge.spec.ts.
    'blob:foyer-app://screens/x',
    'foyer-app://screens/missing.html',
    'foyer-app://elsewhere/index.html',
    'chrome://version',
    'steam://run/1',
  ]
  // Driven from main, as Playwright would wait for the end of navigations that never start.
  const arrivals = await app.evaluate(async ({ BrowserWindow }, addresses) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents
    const seen: string[] = []
    contents?.on('did-navigate', (_event, url) => seen.push(url))
    contents?.on('did-fail-load', (_event, _code, _text, url) => seen.push(`tried ${url}`))
    for (const address of addresses) {
      const target = JSON.stringify(address)
      await contents?.executeJavaScript(`void location.assign(${target})`, true).catch(() => null)
      await contents?.executeJavaScript(
        `Object.assign(document.createElement('a'), { href: ${target} }).click()`,
        true,
      )
    }
    // Navigations happen one after the other, so the others are decided when this one is through.
    const isThrough = new Promise((resolve) => contents?.once('did-navigate-in-page', resolve))
    await contents?.executeJavaScript(`location.hash = 'end'`)
    await isThrough
    return { seen, now: contents?.getURL() }
  }, elsewhere)
  expect(arrivals).toEqual({ seen: [], now: `${PAGE}#end` })
})

test('no window opens from the page, and links leave only by an allowed scheme', async ({ launch }) => {
  const { app, window: page } = await launch({ isLive: true })
  await app.evaluate(({ shell }) => {
    const opened: string[] = []
    Object.assign(globalThis, { opened })
    shell.openExternal = async (url) => void opened.push(url)
  })
  const refused = [
    'http://example.org/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:text/html,x',
    'ssh://example.org',
    'steam://run/1',
    'vscode://file/etc/passwd',
    'foyer-app://screens/index.html',
    'https://user:password@example.org/',
    'smb://example.org/share',
    '\\\\example.org\\share',
    'https:',
    '',
  ]
  const allowed = ['https://example.org/', 'matrix:r/lobby:example.org', 'mailto:someone@example.org']
  for (const address of [...refused, ...allowed]) {
    const isOpened = await page.evaluate(async (url) => {
      let opened: unknown = null
      try {
        opened = window.open(url)
      } catch {
        // Some of them aren't even addresses.
      }
      return { bridge: await window.foyer.openExternal(url), hasHandle: opened !== null }
    }, address)
    expect(isOpened, address).toEqual({ bridge: allowed.includes(address), hasHandle: false })
  }
  const opened = await app.evaluate(() => (globalThis as unknown as { opened: string[] }).opened)
  // Once by window.open, once over the bridge.
  expect(opened).toEqual(allowed.flatMap((address) => [address, address]))
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
})

test('the scheme serves nothing outside its folder', async ({ launch }) => {
  const { app } = await launch()
  const attempts = [
    '../../package.json',
    '%2e%2e/%2e%2e/package.json',
    '..%2f..%2fpackage.json',
    '..%5c..%5cpackage.json',
    '%252e%252e%252fpackage.json',
    'assets/../../../package.json',
    'assets/..%2f..%2fmain%2findex.js',
    '/etc/passwd',
    '%2fetc%2fpasswd',
    'file:///etc/passwd',
    '..%00/index.html',
    'index.html%00.js',
    '%',
    '',
  ]
  const statuses = await app.evaluate(async ({ BrowserWindow }, paths) => {
    const session = BrowserWindow.getAllWindows()[0]?.webContents.session
    const addresses = [...paths.map((path) => `foyer-app://screens/${path}`), 'foyer-app://other/index.html']
    return Promise.all(addresses.map(async (address) => (await session?.fetch(address))?.status))
  }, attempts)
  expect(statuses.filter((status) => status !== 403 && status !== 404)).toEqual([])
})

test('no permission is given', async ({ launch }) => {
  const { window: page } = await launch()
  const answers = await page.evaluate(async () => {
    const outcome = (asked: Promise<unknown>): Promise<string> =>
      asked.then(
        () => 'granted',
        (error: unknown) => (error instanceof Error ? error.name : 'refused'),
      )
    return {
      notifications: await Notification.requestPermission(),
      media: await outcome(navigator.mediaDevices.getUserMedia({ audio: true, video: true })),
      screen: await outcome(navigator.mediaDevices.getDisplayMedia()),
      place: await new Promise<string>((resolve) => {
        navigator.geolocation.getCurrentPosition(
          () => resolve('granted'),
          ({ code }) => resolve(code === 1 ? 'denied' : `error ${code}`),
        )
      }),
      clipboard: await outcome(navigator.clipboard.readText()),
      midi: await outcome(navigator.requestMIDIAccess()),
    }
  })
  expect(answers).toMatchObject({ notifications: 'denied', place: 'denied' })
  expect(Object.values(answers)).not.toContain('granted')
})
