import { BrowserWindow, session as electronSession, type Session } from 'electron'
import { externalUrl } from '../shell/external-links.ts'
import { enterPracticeWorld, type PracticeWorldAddress } from './practice-world.ts'

/** A browser for the practice world: the system's own would take the real server of each name. */
export interface PracticeBrowser {
  /** Opens a page of the practice world in a bare window. False where it isn't one. */
  readonly open: (link: string) => boolean
}

/**
 * Makes the browser. Its pages keep their cookies for themselves and reach this computer's own ports too, as the way
 * back from an account server leads there.
 */
export async function openPracticeBrowser(world: PracticeWorldAddress): Promise<PracticeBrowser> {
  const session = electronSession.fromPartition('practice-browser')
  await enterPracticeWorld(session, world, { reachesLoopback: true })
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  session.setPermissionCheckHandler(() => false)
  return { open: (link) => open(session, link, world.servers) }
}

function open(session: Session, link: string, servers: readonly string[]): boolean {
  const url = externalUrl(link)
  if (url === null) return false
  const { protocol, hostname } = new URL(url)
  if (protocol !== 'https:' || !servers.includes(hostname)) return false
  const window = new BrowserWindow({
    width: 720,
    height: 640,
    title: 'Foyer (practice)',
    autoHideMenuBar: true,
    webPreferences: { session, sandbox: true, contextIsolation: true, nodeIntegration: false },
  })
  window.webContents.setWindowOpenHandler(() => ({ action: 'deny' }))
  window.on('page-title-updated', (event) => event.preventDefault())
  // A page that sends the browser on at once counts as one that failed to load.
  window.loadURL(url).catch(() => undefined)
  return true
}
