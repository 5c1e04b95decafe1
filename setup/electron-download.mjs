// Run by electron-official.mjs with the Node that @electron/get asks for: <target folder> <temporary folder>
// What electron's own installer does, but into our cache, and quick to say that there is no way to the download.
// Exit codes: 0 installed, 3 unreachable, 4 anything else.
import { downloadArtifact, ElectronDownloadCacheMode } from '@electron/get'
import { extract } from '@electron-internal/extract-zip'
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

const require = createRequire(import.meta.url)
const [target = '', temporaryDir = ''] = process.argv.slice(2)
const answerWithin = 5000

class Unreachable extends Error {}

const downloader = {
  /** @param {string} url @param {string} file */
  async download(url, file) {
    const controller = new AbortController()
    const timer = setTimeout(() => controller.abort(), answerWithin)
    const response = await fetch(url, { signal: controller.signal }).catch((cause) => {
      throw new Unreachable(`no answer: ${cause.cause?.message ?? cause.message}`, { cause })
    })
    clearTimeout(timer)
    // A proxy that refuses, or a mirror without this version, is no way to the download either.
    if (!response.ok || !response.body) throw new Unreachable(`answered ${response.status}`)
    await pipeline(Readable.fromWeb(response.body), createWriteStream(file))
  },
}

const tempDirectory = mkdtempSync(join(temporaryDir, 'electron-zip-'))
try {
  const zip = await downloadArtifact({
    version: require('electron/package.json').version,
    artifactName: 'electron',
    platform: process.platform,
    arch: process.arch,
    checksums: require('electron/checksums.json'),
    // A zip that another project has downloaded will do; ours is not kept, as it is unpacked in our cache.
    cacheMode: ElectronDownloadCacheMode.ReadOnly,
    tempDirectory,
    downloader,
  })
  await extract(zip, { dir: target })
} catch (error) {
  console.error(error)
  process.exitCode = error instanceof Unreachable ? 3 : 4
} finally {
  rmSync(tempDirectory, { recursive: true, force: true })
}
