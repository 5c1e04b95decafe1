import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import { join } from 'node:path'
import { portOf } from './free-ports.ts'
import { WEB_HOST } from './servers.ts'

/** What a path of the website answers. `location` leads elsewhere; `'silent'` never answers. */
export type WebPage =
  { readonly body: string | Uint8Array; readonly type?: string } | { readonly location: string } | 'silent'

/** A community's own website, on the world's web under `WEB_HOST`. Empty until a test puts pages there. */
export type Website = {
  readonly port: number
  /** By path, such as `/chat`; everything else is a 404. May be changed at any time. */
  readonly pages: Map<string, WebPage>
  readonly close: () => Promise<void>
}

/** Starts it with the certificate in `directory`. */
export async function startWebsite(directory: string): Promise<Website> {
  const pages = new Map<string, WebPage>()
  const folder = join(directory, WEB_HOST)
  const [key, cert] = await Promise.all(['tls.key', 'tls.crt'].map((name) => readFile(join(folder, name))))
  const server = createServer({ key, cert }, ({ url = '/' }, response) => answer(pages.get(url), response))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    port: portOf(server),
    pages,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

function answer(page: WebPage | undefined, response: ServerResponse): void {
  if (page === 'silent') return
  if (page === undefined) response.writeHead(404).end('There is no such page.')
  else if ('location' in page) response.writeHead(302, { location: page.location }).end()
  else response.writeHead(200, { 'content-type': page.type ?? 'text/html; charset=utf-8' }).end(page.body)
}
