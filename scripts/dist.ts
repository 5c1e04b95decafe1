// Packages Foyer: `npm run dist` makes a test build in dist/test-build, the unpacked folder and a tar.gz of it;
// with `-- --dir` only the folder. `npm run dist -- --release` makes in dist/release what may be given to people,
// and refuses where it can't be made as it should.
import { relative } from 'node:path'
import { readRuntime } from '../setup/runtime.mjs'
import { archiveTestBuild, packageRelease, packageTestBuild, testBuild, whyNoRelease } from './dist-build.ts'

const isRelease = process.argv.includes('--release')
const isDirOnly = process.argv.includes('--dir')
const refusal = isRelease ? whyNoRelease() : null

try {
  if (refusal !== null) throw new Error(refusal)
  if (isRelease) packageRelease()
  else makeTestBuild()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}

function makeTestBuild(): void {
  const { isFallback, electronVersion } = readRuntime()
  const standIn = isFallback ? `it runs on the stand-in Electron ${electronVersion}, and ` : ''
  console.log(
    `This is a test build, not for giving away: ${standIn}it lets a debugger into the main process.`,
  )
  packageTestBuild()
  console.log(`Unpacked: ${relative('.', testBuild.dir)}`)
  if (isDirOnly) return
  archiveTestBuild()
  console.log(`Archive:  ${relative('.', testBuild.archive)}`)
}
