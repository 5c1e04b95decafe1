import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

// The oldest Electron that Foyer is started with is 33 (Node 20.18, Chrome 130): see setup/README.md. Without these
// targets electron-vite would take those of the Electron in package.json.
const NODE_TARGET = 'node20.18'
const CHROME_TARGET = 'chrome130'
const here = import.meta.dirname

export default defineConfig({
  main: {
    // Else each of the 6,000 characters in the table of look-alikes that the SDK brings becomes an export of its own.
    json: { namedExports: false, stringify: true },
    build: {
      target: NODE_TARGET,
      outDir: 'out/main',
      // Everything is bundled, so a package carries no node_modules and starts faster.
      externalizeDeps: false,
      rolldownOptions: {
        // The importer is a process of its own.
        input: {
          index: resolve(here, 'electron/main.ts'),
          importer: resolve(here, 'electron/importer/importer.ts'),
        },
        output: {
          format: 'es',
          // The text of the program stays in memory. Names stay too, for what an error tells.
          minify: { mangle: false, compress: false, codegen: { removeWhitespace: true } },
          entryFileNames: '[name].js',
          chunkFileNames: 'chunks/[name]-[hash].js',
        },
      },
    },
  },
  preload: {
    build: {
      target: NODE_TARGET,
      outDir: 'out/preload',
      // A sandboxed preload can load no other file.
      externalizeDeps: false,
      rolldownOptions: {
        input: { preload: resolve(here, 'electron/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'renderer',
    plugins: [react()],
    build: {
      target: CHROME_TARGET,
      outDir: 'out/renderer',
      modulePreload: { polyfill: false },
      // No data: addresses, so that the content security policy stays tight.
      assetsInlineLimit: 0,
      rolldownOptions: { input: resolve(here, 'renderer/index.html') },
    },
  },
})
