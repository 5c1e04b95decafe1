import { renameSync } from 'node:fs'
import { join } from 'node:path'
import Store from 'electron-store'

/** Reports that a damaged file was set aside, so that nothing is lost silently. */
export type OnDamage = (setAsidePath: string) => void

/**
 * One JSON file of the profile, written atomically on each `set`. A file that can't be read is renamed to
 * `<name>.damaged-<time>.json` and started anew.
 */
export class Keep<Content> {
  readonly #store: Store<{ content?: unknown }>
  readonly #read: (value: unknown) => Content | null

  /** `read` validates what was stored and gives null for anything it doesn't trust. */
  constructor(dir: string, name: string, read: (value: unknown) => Content | null, onDamage: OnDamage) {
    this.#read = read
    try {
      this.#store = open(dir, name)
    } catch {
      const aside = `${name}.damaged-${Date.now()}`
      renameSync(join(dir, `${name}.json`), join(dir, `${aside}.json`))
      onDamage(join(dir, `${aside}.json`))
      this.#store = open(dir, name)
    }
  }

  get(): Content | null {
    return this.#read(this.#store.get('content'))
  }

  set(content: Content): void {
    // At once, not by name, for which the library would copy all of it.
    this.#store.store = { content }
  }

  clear(): void {
    this.#store.clear()
  }
}

function open(dir: string, name: string): Store<{ content?: unknown }> {
  // 0600: the file may hold a sign-in when the newcomer agreed to that.
  return new Store<{ content?: unknown }>({
    cwd: dir,
    name,
    clearInvalidConfig: false,
    configFileMode: 0o600,
    // A pass with thousands of rooms is mostly white space otherwise.
    serialize: (value) => JSON.stringify(value),
  })
}
