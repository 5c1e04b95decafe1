import { writeFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { app, clipboard, dialog, type BrowserWindow } from 'electron'
import type { Environment, Saved } from '../../core/bridge/contract.ts'
import { searchInstitutions } from '../../core/homeservers/search.ts'
import type { StateFeed } from '../../core/bridge/state-feed.ts'
import { reportOf, reportText } from '../../core/joining/report.ts'
import type { Catalogue } from '../homeservers/catalogue.ts'
import { shellWord } from '../i18n/words.ts'
import type { WrittenManifest } from '../onboarding/adding-step.ts'
import type { Onboarding } from '../onboarding/controller.ts'
import { pushChange, type BridgeHandlers } from './serve-bridge.ts'

/** What each call over the bridge does. */
export function bridgeHandlers(
  onboarding: Onboarding,
  catalogue: Catalogue,
  feed: StateFeed,
  window: () => BrowserWindow | null,
  isPractice: boolean,
  openLink: (link: string) => boolean,
): BridgeHandlers {
  return {
    getState: () => onboarding.state,
    follow: () => {
      pushChange(window(), feed.whole(onboarding.state))
      return undefined
    },
    getEnvironment: () => ({
      isPractice,
      version: app.getVersion(),
      language: app.getLocale(),
      platform: process.platform as Environment['platform'],
    }),
    send: (event) => {
      onboarding.dispatch(event)
      return undefined
    },
    openExternal: (link) => openLink(link),
    copyText: async (text) => {
      // A promise in newer versions of Electron, nothing in older ones.
      await clipboard.writeText(text)
      return undefined
    },
    saveReport: async (format) => {
      const text = writtenReport(onboarding, format)
      const parent = window()
      if (text === null || parent === null) return null
      const name = `foyer-report.${format === 'json' ? 'json' : 'txt'}`
      const defaultPath = join(app.getPath('downloads'), name)
      const { canceled, filePath } = await dialog.showSaveDialog(parent, { defaultPath })
      if (canceled || filePath === '') return null
      await writeFile(filePath, text)
      return filePath
    },
    saveManifest: async () => {
      const manifest = onboarding.writtenManifest
      const parent = window()
      if (manifest === null || parent === null) return { kind: 'failed' }
      return saveManifest(parent, manifest)
    },
    readPicture: (address) => onboarding.readPicture(address),
    findInstitutions: (text) => searchInstitutions(catalogue.institutions(), text),
  }
}

async function saveManifest(parent: BrowserWindow, { id, text }: WrittenManifest): Promise<Saved> {
  const { canceled, filePath } = await dialog.showSaveDialog(parent, {
    defaultPath: join(app.getPath('documents'), `${id}.foyer`),
    filters: [
      { name: shellWord('save.foyer'), extensions: ['foyer'] },
      { name: shellWord('save.json'), extensions: ['json'] },
    ],
  })
  if (canceled || filePath === '') return { kind: 'cancelled' }
  // The question whether to replace a file was about the name as it was typed.
  const [path, flag] = extname(filePath) === '' ? [`${filePath}.foyer`, 'wx'] : [filePath, 'w']
  return writeFile(path, text, { flag }).then(
    () => ({ kind: 'saved', path }) as const,
    () => ({ kind: 'failed' }) as const,
  )
}

function writtenReport(onboarding: Onboarding, format: 'text' | 'json'): string | null {
  const { state, joinState } = onboarding
  if (joinState === null || (state.step !== 'joining' && state.step !== 'done')) return null
  const report = reportOf(
    app.getVersion(),
    new Date().toISOString(),
    state.community,
    state.account,
    joinState,
  )
  return format === 'json' ? `${JSON.stringify(report, null, 2)}\n` : reportText(report)
}
