import { join } from 'node:path'
import { BrowserWindow, type Session } from 'electron'
import { PAGE_URL } from './app-scheme.ts'

/** Smallest window in which every screen still works (WCAG 1.4.10 asks for 320 CSS pixels). */
const SMALLEST = { minWidth: 360, minHeight: 480 }

/**
 * Opens the window. Its renderer is sandboxed and can neither navigate, nor open windows, nor ask for permissions;
 * links go through `openExternal`.
 */
export function openWindow(
  session: Session,
  title: string,
  openLink: (link: string) => boolean,
  log: (line: string) => void,
): BrowserWindow {
  const window = new BrowserWindow({
    width: 960,
    height: 680,
    ...SMALLEST,
    useContentSize: true,
    title,
    show: false,
    autoHideMenuBar: true,
    webPreferences: {
      session,
      preload: join(import.meta.dirname, '../preload/preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      spellcheck: false,
    },
  })
  const { webContents } = window
  webContents.setWindowOpenHandler(({ url }) => {
    openLink(url)
    return { action: 'deny' }
  })
  webContents.on('will-navigate', (event) => {
    if (withoutHash(event.url) === PAGE_URL) return
    event.preventDefault()
    log('window: refused to leave the page')
  })
  // WebRTC heeds neither the content security policy nor, over UDP, the proxy of the practice world.
  webContents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp')
  webContents.on('will-attach-webview', (event) => event.preventDefault())
  session.setPermissionRequestHandler((_contents, permission, answer) => {
    log(`window: refused permission ${permission}`)
    answer(false)
  })
  session.setPermissionCheckHandler(() => false)
  window.once('ready-to-show', () => window.show())
  // The page's own title changes with each step; the window's name says which world this is.
  window.on('page-title-updated', (event) => event.preventDefault())
  void window.loadURL(PAGE_URL)
  return window
}

function withoutHash(address: string): string {
  return address.replace(/#.*$/, '')
}
