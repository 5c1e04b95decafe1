import {
  chmodSync,
  chownSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, type ElectronApplication } from '@playwright/test'
import { testBuild } from '../../scripts/dist-build.ts'

/** "nobody" on every Linux: owns nothing and is in no group. */
const NOBODY = 65534

/** What to start the package with. `nodeOptions` apart from `env`, as Playwright takes NODE_OPTIONS out of that. */
export interface PackagedLaunch {
  readonly worldPath: string
  readonly env?: Readonly<Record<string, string>>
  readonly nodeOptions?: string
}

/** A computer seat of an ordinary user, who has unpacked Foyer and may read and write nothing of ours. */
export interface OrdinaryUser {
  /** The user's number. */
  readonly uid: number
  /** Starts the packaged Foyer with Chromium's sandbox on. */
  readonly start: (launch: PackagedLaunch) => Promise<ElectronApplication>
  readonly leave: () => void
}

/** Root becomes "nobody" for the started program, since Chromium has no sandbox for root; others stay themselves. */
export function sitDown(): OrdinaryUser {
  const isRoot = process.getuid?.() === 0
  const uid = isRoot ? NOBODY : (process.getuid?.() ?? 0)
  const dir = mkdtempSync(join(tmpdir(), 'foyer-seat-'))
  const home = join(dir, 'home')
  mkdirSync(home)
  if (isRoot) {
    chmodSync(dir, 0o755)
    chownSync(home, uid, uid)
    cpSync(testBuild.dir, join(dir, 'foyer'), { recursive: true })
  }
  const executable = join(isRoot ? join(dir, 'foyer') : testBuild.dir, 'foyer')
  /** A file that only we could read, where the user can. */
  const handOver = (path: string, name: string): string => {
    const copy = join(dir, name)
    copyFileSync(path, copy)
    chmodSync(copy, 0o644)
    return copy
  }
  return {
    uid,
    start: async ({ worldPath, env = {}, nodeOptions }) => {
      const become = isRoot ? `setpriv --reuid=${uid} --regid=${uid} --clear-groups ` : ''
      const wrapper = join(dir, 'start')
      const lines = [
        '#!/bin/sh',
        ...(nodeOptions === undefined ? [] : [`export NODE_OPTIONS='${nodeOptions}'`]),
        `exec ${become}'${executable}' "$@"`,
      ]
      writeFileSync(wrapper, `${lines.join('\n')}\n`, { mode: 0o755 })
      const { XAUTHORITY: authority, ...outer } = process.env as Record<string, string>
      const world = JSON.parse(readFileSync(worldPath, 'utf8')) as { readonly ca: string }
      const theirs = join(dir, 'world.json')
      writeFileSync(theirs, JSON.stringify({ ...world, ca: handOver(world.ca, 'ca.pem') }))
      return _electron.launch({
        executablePath: wrapper,
        chromiumSandbox: true,
        cwd: home,
        args: [`--user-data-dir=${join(home, 'profile')}`, `--practice=${theirs}`],
        env: {
          ...outer,
          LANG: 'en_US.UTF-8',
          HOME: home,
          ...(authority === undefined ? {} : { XAUTHORITY: handOver(authority, 'Xauthority') }),
          ...env,
        },
        timeout: 30_000,
      })
    },
    leave: () => rmSync(dir, { recursive: true, force: true }),
  }
}
