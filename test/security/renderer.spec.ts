import { expect, test } from '../fixtures/foyer-test.ts'
import { attempts } from './attempts.ts'
import { eavesdrop } from './eavesdropper.ts'

/** Written out again, so that a change of the policy has to be made twice. */
const POLICY = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self'",
  'font-src': "'self'",
  'connect-src': "'none'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
  'require-trusted-types-for': "'script'",
  'trusted-types': "'none'",
}

// On the real network there is no proxy between the page and this computer that would hide a leak.
const isLive = true

test('the page has no Node and no more of the shell than the bridge', async ({ launch }) => {
  const { window: page } = await launch({ isLive })
  const found = await page.evaluate(() => ({
    node: [
      'require',
      'process',
      'Buffer',
      'module',
      'global',
      'setImmediate',
      'electron',
      'ipcRenderer',
    ].filter((name) => name in window),
    bridge: Object.keys(window.foyer).toSorted(),
    isFrozen: Object.isFrozen(window.foyer),
  }))
  expect(found).toEqual({
    node: [],
    bridge: [
      'copyText',
      'findInstitutions',
      'follow',
      'getEnvironment',
      'getState',
      'onChange',
      'openExternal',
      'readPicture',
      'saveManifest',
      'saveReport',
      'send',
    ],
    isFrozen: true,
  })
})

test('the running window is sandboxed and isolated', async ({ launch }) => {
  const { app } = await launch({ isLive })
  const preferences = await app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents
    // Not in the type declarations: what Chromium really got.
    return (contents as unknown as { getLastWebPreferences: () => object }).getLastWebPreferences()
  })
  expect(preferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    webviewTag: false,
    allowRunningInsecureContent: false,
  })
})

test('every answer of the scheme carries the policy, refusals too', async ({ launch }) => {
  const { app } = await launch({ isLive })
  const answers = await app.evaluate(async ({ BrowserWindow }) => {
    const session = BrowserWindow.getAllWindows()[0]?.webContents.session
    const paths = ['index.html', 'missing.html', '%2e%2e%2f%2e%2e%2fpackage.json']
    return Promise.all(
      paths.map(async (path) => {
        const answer = await session?.fetch(`foyer-app://screens/${path}`)
        return { status: answer?.status, policy: answer?.headers.get('content-security-policy') }
      }),
    )
  })
  const policy = Object.entries(POLICY)
    .map(([directive, value]) => `${directive} ${value}`)
    .join('; ')
  expect(answers).toEqual([
    { status: 200, policy },
    { status: 404, policy },
    { status: 403, policy },
  ])
})

test('nothing that the page does by itself is refused', async ({ launch }) => {
  const { window: page } = await launch({ isLive })
  await page.addInitScript(() => {
    const refused: string[] = []
    addEventListener('securitypolicyviolation', ({ effectiveDirective, sourceFile, lineNumber }) =>
      refused.push(`${effectiveDirective} in ${sourceFile}:${lineNumber}`),
    )
    Object.assign(window, { refused })
  })
  await page.reload()
  await page.getByRole('heading', { level: 1 }).waitFor()
  expect(await page.evaluate(() => (window as unknown as { refused: string[] }).refused)).toEqual([])
})

test('the page reaches no server in any way and runs no foreign code', async ({ launch }) => {
  const { app, window: page } = await launch({ isLive })
  const outside = await eavesdrop()
  try {
    await page.evaluate(() => {
      const refused: string[] = []
      addEventListener('securitypolicyviolation', (event) => refused.push(event.effectiveDirective))
      Object.assign(window, { refused })
    })
    const refusedSoFar = () => page.evaluate(() => (window as unknown as { refused: string[] }).refused)
    for (const [name, { directive, make }] of Object.entries(attempts)) {
      const before = (await refusedSoFar()).length
      // An attempt that isn't refused by an event may also throw; what counts is the event.
      await page.evaluate(make, outside.host).catch(() => null)
      // One attempt may be refused twice over, and the second word of it come late.
      await expect.poll(async () => (await refusedSoFar()).slice(before), name).toContain(directive)
    }
    expect(await page.evaluate(() => 'wasRun' in window)).toBe(false)
    expect(outside.heard).toEqual([])
    // The server is there, as main finds: it was the page that couldn't reach it.
    await app.evaluate(
      ({ session }, host) => session.defaultSession.fetch(`http://${host}/main`),
      outside.host,
    )
    expect(outside.heard).toEqual(['a connection', 'GET /main'])
  } finally {
    outside.close()
  }
})

test('the page reaches no server through WebRTC, which knows no policy', async ({ launch }) => {
  const { window: page } = await launch({ isLive })
  const outside = await eavesdrop()
  try {
    const candidates = await page.evaluate(
      async ([host, udpHost]) => {
        const stun = { urls: `stun:${udpHost}` }
        const turn = { urls: `turn:${host}?transport=tcp`, username: 'x', credential: 'x' }
        const connection = new RTCPeerConnection({ iceServers: [stun, turn] })
        const found: string[] = []
        const isDone = new Promise<void>((resolve) => {
          connection.addEventListener('icecandidate', ({ candidate }) => {
            if (candidate === null) resolve()
            else found.push(candidate.candidate)
          })
        })
        connection.createDataChannel('x')
        await connection.setLocalDescription(await connection.createOffer())
        await isDone
        return found
      },
      [outside.host, outside.udpHost] as const,
    )
    expect(candidates.filter((candidate) => / udp /i.test(candidate))).toEqual([])
    expect(outside.heard).toEqual([])
  } finally {
    outside.close()
  }
})
