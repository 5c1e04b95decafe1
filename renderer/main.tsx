import './no-foreign-code.ts'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import type { Bridge } from '../core/bridge/contract.ts'
import { App } from './App.tsx'
import { openShell, ShellProvider } from './bridge.tsx'
import { followContrast, setDocumentLanguage } from './document.ts'
import { createI18n } from './i18n/i18n.ts'
import { WordsProvider } from './i18n/words.tsx'
import { CrashGuard } from './screens/Crash.tsx'
import './styles/tokens.css'
import './styles/app.css'

declare global {
  interface Window {
    /** Put there by the preload script. */
    readonly foyer: Bridge
  }
}

async function start(): Promise<void> {
  const root = document.getElementById('root')
  if (root === null) throw new Error('index.html has no #root')
  const shell = await openShell(window.foyer)
  const i18n = createI18n(shell.environment.language)
  setDocumentLanguage(i18n.resolvedLanguage ?? 'en')
  followContrast()
  createRoot(root).render(
    <StrictMode>
      <WordsProvider i18n={i18n}>
        <CrashGuard>
          <ShellProvider shell={shell}>
            <App />
          </ShellProvider>
        </CrashGuard>
      </WordsProvider>
    </StrictMode>,
  )
}

void start()
