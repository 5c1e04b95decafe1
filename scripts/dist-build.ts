import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { brandSchema, whyNotThisBrand, type Brand } from '../matrix/account/oauth/brand.ts'
import { readRuntime, repository } from '../setup/runtime.mjs'
import { buildIfNeeded, newest } from './build-if-needed.ts'

interface Manifest {
  readonly version: string
  readonly devDependencies: { readonly electron: string }
}

const manifest = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as Manifest
const TEST_BUILD = join(repository, 'dist/test-build')
const RELEASE = join(repository, 'dist/release')

/** The unpacked test build, and the name its archive and the folder in it get: nobody shall take it for a release. */
export const testBuild = {
  dir: join(TEST_BUILD, process.arch === 'x64' ? 'linux-unpacked' : `linux-${process.arch}-unpacked`),
  name: `foyer-${manifest.version}-test-build-linux-${process.arch}`,
  archive: join(TEST_BUILD, `foyer-${manifest.version}-test-build-linux-${process.arch}.tar.gz`),
} as const

const INGREDIENTS = [
  'out/main',
  'out/preload',
  'out/renderer',
  'assets',
  'electron-builder.yml',
  'package.json',
  'scripts/dist-build.ts',
  'node_modules/.foyer/runtime.json',
]

/** Makes the unpacked test build, unless it is newer than everything it is made of. */
export function packageTestBuild(): void {
  if (process.platform !== 'linux') throw new Error('A test build is made on Linux only: use --release here.')
  buildIfNeeded()
  const asar = join(testBuild.dir, 'resources/app.asar')
  const { electronDist, electronVersion } = readRuntime()
  if (existsSync(asar) && newest(INGREDIENTS) < statSync(asar).mtimeMs) return
  rmSync(TEST_BUILD, { recursive: true, force: true })
  if (electronDist === null) throw new Error('Electron is missing: run `npm run setup`.')
  electronBuilder(TEST_BUILD, [
    '--dir',
    `--config.electronDist=${electronDist}`,
    `--config.electronVersion=${electronVersion}`,
    '--config.electronFuses.enableNodeCliInspectArguments=true',
  ])
  // Of a folder electron-builder takes everything along, also what only serves to start unpackaged apps.
  for (const leftover of ['resources/default_app.asar', 'default-app.sha256', 'version'])
    rmSync(join(testBuild.dir, leftover), { force: true })
}

/** Packs the unpacked test build with the system's tar, which needs no download and, at gzip's fastest, few seconds. */
export function archiveTestBuild(): void {
  const { archive, dir, name } = testBuild
  run('tar', [
    '--create',
    `--file=${archive}`,
    '--use-compress-program=gzip -1',
    '--owner=0',
    '--group=0',
    '--numeric-owner',
    `--directory=${join(dir, '..')}`,
    `--transform=s,^[^/]*,${name},`,
    dir.slice(TEST_BUILD.length + 1),
  ])
}

/** Why no release can be made here, a sentence a line, or null. */
export function whyNoRelease(): string | null {
  const reasons = [whyNotThisBrand(readBrand()), whyNotThisElectron()].filter((reason) => reason !== null)
  return reasons.length === 0 ? null : reasons.join('\n')
}

function readBrand(): Brand {
  return brandSchema.parse(JSON.parse(readFileSync(join(repository, 'assets/brand.json'), 'utf8')))
}

function whyNotThisElectron(): string | null {
  const { isFallback, electronVersion } = readRuntime()
  const { electron } = manifest.devDependencies
  // The second also catches a stand-in that ELECTRON_OVERRIDE_DIST_PATH points to.
  if (!isFallback && electronVersion === electron) return null
  return `A release needs the official Electron ${electron}, but only ${isFallback ? 'the stand-in ' : ''}${electronVersion ?? 'none'} is here: run \`npm run setup\` where github.com can be reached.`
}

/**
 * Makes everything electron-builder.yml lists for the system this runs on. Electron is not taken from a folder that
 * anybody may have changed: electron-builder fetches it anew and compares it with its makers' checksums.
 */
export function packageRelease(): void {
  buildIfNeeded()
  rmSync(RELEASE, { recursive: true, force: true })
  electronBuilder(RELEASE, [`--config.electronVersion=${manifest.devDependencies.electron}`])
}

function electronBuilder(output: string, args: readonly string[]): void {
  run('electron-builder', [
    `--${process.arch}`,
    '--publish=never',
    `--config.directories.output=${output}`,
    ...args,
  ])
}

/** Shows the output only when something went wrong. */
function run(command: string, args: readonly string[]): void {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd: repository, encoding: 'utf8' })
  if (status === 0) return
  throw new Error(`${command} failed.\n${error?.message ?? `${stdout}${stderr}`}`)
}
