import { BrowserWindow, type Session } from 'electron'
import { externalUrl } from '../shell/external-links.ts'

/**
 * Opens a page of a practice homeserver, such as its terms, in a bare window of the practice session: the system's
 * browser would take the real server of that name. Answers whether it is a page of the practice world.
 */
export function openInPracticeWorld(session: Session, link: string, servers: readonly string[]): boolean {
  const url = externalUrl(link)
  if (url === null) return false
  const { protocol, hostname } = new URL(url)
  if (protocol !== 'https:' || !servers.includes(hostname)) return false
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  session.setPermissionCheckHandler(() => false)
  const window = new BrowserWindow({
    width: 720,
    height: 560,
    title: 'Foyer (practice)',
    autoHideMenuBar: true,
    webPreferences: { session, sandbox: true, contextIsolation: true, nodeIntegration: false },
  })
  window.webContents.setWindowOpenHandler(() => ({ action: 'deny' }))
  window.on('page-title-updated', (event) => event.preventDefault())
  void window.loadURL(url)
  return true
}
