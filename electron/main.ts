import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { app, Menu, session as electronSession, type BrowserWindow, type Session } from 'electron'
import { StateFeed } from '../core/bridge/state-feed.ts'
import { brand } from '../matrix/account/oauth/own-brand.ts'
import { HomeserverDirectory } from '../matrix/homeserver/discover.ts'
import { RoomPlaces } from '../matrix/homeserver/room-places.ts'
import { amongStrangers } from '../matrix/homeserver/strangers.ts'
import { pushChange, serveBridge } from './bridge/serve-bridge.ts'
import { bridgeHandlers } from './bridge/handlers.ts'
import { readManifests } from './communities.ts'
import { BundledCatalogue } from './homeservers/catalogue.ts'
import { runImporter } from './importer/run-importer.ts'
import { Onboarding } from './onboarding/controller.ts'
import { realClock } from './onboarding/clock.ts'
import type { OnboardingPorts } from './onboarding/ports.ts'
import { openWayBack } from './onboarding/way-back.ts'
import { openPracticeBrowser } from './practice/practice-browser.ts'
import { enterPracticeWorld, readPracticeWorld } from './practice/practice-world.ts'
import { Background } from './shell/background.ts'
import { declareAppScheme, isOwnPage } from './shell/app-scheme.ts'
import { openExternally, openPage } from './shell/external-links.ts'
import { practiceWorldPath, usesSystemBrowser } from './shell/arguments.ts'
import { log } from './shell/log.ts'
import { OutsideLinks } from './shell/outside-links.ts'
import { onNetworkBack } from './shell/network-signal.ts'
import { openPageSession } from './shell/page-session.ts'
import { fetchOf } from './shell/session-fetch.ts'
import { openWindow } from './shell/window.ts'
import { openJoinedKeep } from './storage/joined-keep.ts'
import { openListKeep } from './storage/list-keep.ts'
import { openPassKeep } from './storage/pass-keep.ts'
import { hasKeyring, sealToken, unsealToken } from './storage/secrets.ts'

const worldPath = practiceWorldPath(process.argv)
const isPractice = worldPath !== null
const outsideLinks = new OutsideLinks(process.argv)

/** How long signing out may hold up closing Foyer, in milliseconds; what didn't end then ends at the next start. */
const LEAVE_PATIENCE = 5_000

// The two worlds never share a profile, so neither can resume the other's pass.
app.setPath('userData', join(app.getPath('userData'), isPractice ? 'practice' : 'live'))
declareAppScheme()
// A bug of ours. Electron would show people a window with the stack, and go on just the same.
process.on('uncaughtException', (error) => log(`uncaught: ${error.stack ?? error.message}`))
// Thousands of rooms make much garbage, and V8 lets the heap grow to several times what is in use before it cleans up:
// up to 100 MB more. With a third on top it does so earlier, at no cost in processor time that can be measured.
setFlagsFromString('--heap-growing-percent=30')
// GTK draws our file dialogs only, and would load a whole OpenGL driver to look for it (47 MB with Mesa's).
process.env.GDK_GL ??= 'disable'
// An installer writes this down as well; here it serves those who unpacked Foyer themselves.
if (app.isPackaged) app.setAsDefaultProtocolClient('foyer')
// Electron's own menu has links to the web.
Menu.setApplicationMenu(null)

if (app.requestSingleInstanceLock()) void app.whenReady().then(openFoyer)
else app.quit()

async function openFoyer(): Promise<void> {
  const session = electronSession.fromPartition(isPractice ? 'practice' : 'live')
  const world = worldPath === null ? null : readPracticeWorld(worldPath)
  if (world !== null) await enterPracticeWorld(session, world)
  const practiceBrowser =
    world === null || usesSystemBrowser(process.argv) ? null : await openPracticeBrowser(world)
  const openLink = (link: string): boolean =>
    practiceBrowser === null ? openExternally(link) : practiceBrowser.open(link)
  const openAccountPage = async (url: string): Promise<boolean> =>
    practiceBrowser === null ? openPage(url) : practiceBrowser.open(url)
  const pageSession = await openPageSession(join(app.getAppPath(), 'out/renderer'))
  const feed = new StateFeed()
  let window: BrowserWindow | null = null
  let background: Background | null = null
  const fetch = fetchOf(session)
  const catalogue = new BundledCatalogue(
    join(app.getAppPath(), 'assets/homeservers'),
    openListKeep(app.getPath('userData'), onDamage),
  )
  const refresh = (): void => {
    // The practice world has no list of its own; and a failure costs nothing but a newer list.
    if (!isPractice)
      catalogue.publicList.refresh(fetch, Date.now()).catch((error: unknown) => log(String(error)))
  }
  const onboarding = new Onboarding(
    ports(session, fetch, catalogue, openAccountPage),
    (state) => {
      pushChange(window, feed.change(state))
      background?.onState(state)
    },
    (news) => background?.tellNews(news),
  )
  serveBridge(
    bridgeHandlers(onboarding, catalogue, feed, () => window, isPractice, openLink),
    isOwnPage,
    log,
  )
  onboarding.start()
  window = openWindow(pageSession, isPractice ? 'Foyer (practice)' : 'Foyer', openLink, log)
  background = new Background(window, onboarding.state, {
    takeLeave: () => onboarding.takeLeave(LEAVE_PATIENCE),
    staysInTray: () => onboarding.isWatching,
    goToNews: () => onboarding.goToNews(),
  })
  app.on('second-instance', () => background?.show())
  outsideLinks.listen((event) => {
    background?.show()
    onboarding.openFromOutside(event)
  })
  app.on('activate', () => background?.show())
  onNetworkBack(() => {
    onboarding.nudge()
    refresh()
  })
  refresh()
  app.on('window-all-closed', () => app.quit())
}

async function resolveIn(session: Session, name: string): Promise<string[]> {
  try {
    return (await session.resolveHost(name)).endpoints.map(({ address }) => address)
  } catch {
    // The request will find out the same, and says so.
    return []
  }
}

function onDamage(path: string): void {
  log(`storage: a damaged file was set aside as ${path}`)
}

function ports(
  session: Session,
  fetch: typeof globalThis.fetch,
  catalogue: BundledCatalogue,
  openAccountPage: OnboardingPorts['openPage'],
): OnboardingPorts {
  const resolveHost = isPractice ? null : (name: string): Promise<string[]> => resolveIn(session, name)
  return {
    fetch,
    homeservers: new HomeserverDirectory(fetch),
    strangers: amongStrangers(fetch, resolveHost),
    resolveHost,
    roomPlaces: new RoomPlaces(fetch, () => realClock.monotonic()),
    catalogue,
    manifests: readManifests(join(app.getAppPath(), 'assets/communities'), log),
    keep: openPassKeep(app.getPath('userData'), onDamage),
    joined: openJoinedKeep(app.getPath('userData'), onDamage),
    secrets: { hasKeyring, seal: sealToken, unseal: unsealToken },
    brand,
    readPage: (page, signal) => runImporter(join(app.getAppPath(), 'out/main/importer.js'), page, signal),
    openPage: openAccountPage,
    openWayBack: () => openWayBack(),
    language: app.getLocale(),
    isPractice,
    clock: realClock,
    log,
  }
}
