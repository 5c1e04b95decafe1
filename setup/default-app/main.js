// Electron ships a small app that opens the one named on its command line (`electron [-r module] <folder|file>`);
// the fallback runtime comes without it, and this stands in. Playwright and electron-vite rely on it.
//
// An ES module with await at its top: Electron holds `ready` back until it has run, so that the opened app can
// still register privileged schemes. With an import() nobody waits for it could not.
import { app } from 'electron'
import { readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

const { modules, target } = readCommandLine(process.argv.slice(1))
// Tells apps and libraries that they run unpackaged.
Object.defineProperty(process, 'defaultApp', { value: true, enumerable: true })

const require = createRequire(join(process.cwd(), 'command-line.js'))
for (const module of modules) require(module)

if (target === undefined) {
  console.error('usage: electron [-r module] <folder or file>')
  app.exit(2)
} else {
  try {
    await import(pathToFileURL(prepare(resolve(target))).href)
  } catch (error) {
    console.error(error)
    app.exit(1)
  }
}

function readCommandLine(words) {
  const required = []
  for (let index = 0; index < words.length; index++) {
    const word = words[index]
    if (word === '-r' || word === '--require') required.push(words[++index])
    else if (!word.startsWith('-')) return { modules: required, target: word }
  }
  return { modules: required, target: undefined }
}

// Gives the opened app its own name and folders, and answers with its entry file.
function prepare(path) {
  if (!statSync(path).isDirectory()) return path
  const {
    name,
    productName = name,
    version,
    desktopName,
    main,
  } = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'))
  if (productName) {
    app.setName(productName)
    // Who names a profile on the command line gets that one.
    if (!app.commandLine.hasSwitch('user-data-dir')) {
      app.setPath('userData', join(app.getPath('appData'), productName))
    }
  }
  if (version) app.setVersion(version)
  if (desktopName) app.setDesktopName(desktopName)
  app.setAppPath(path)
  return createRequire(join(path, 'package.json')).resolve(`./${main ?? 'index.js'}`)
}
