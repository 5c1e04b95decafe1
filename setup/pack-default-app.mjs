// Run by electron-fallback.mjs with the Node that @electron/asar asks for: <app folder> <asar file>
import { createPackage } from '@electron/asar'

const [from = '', to = ''] = process.argv.slice(2)
await createPackage(from, to)
