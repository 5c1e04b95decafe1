import { PNG } from 'pngjs'
import { z } from 'zod'
import type { WorldClient } from '../world-client.ts'

const SIDE = 96
const BLUE = [0, 48, 93, 255]
const WHITE = [255, 255, 255, 255]
const NOTHING = [0, 0, 0, 0]

/** Hands the icon of the institution behind tu-dresden.de's single sign-on to that homeserver; its content URI. */
export async function uploadSignOnIcon(client: WorldClient, token: string): Promise<string> {
  const path = '/_matrix/media/v3/upload?filename=sign-on.png'
  const answer = await client.request('tu-dresden.de', path, { token, png: drawIcon() })
  return z.object({ content_uri: z.string().startsWith('mxc://') }).parse(answer).content_uri
}

/** A white ring on a blue octagon. */
function drawIcon(): Uint8Array {
  const png = new PNG({ width: SIDE, height: SIDE })
  for (let index = 0; index < SIDE * SIDE; index += 1) {
    const across = Math.abs((index % SIDE) + 0.5 - SIDE / 2) / SIDE
    const down = Math.abs(Math.floor(index / SIDE) + 0.5 - SIDE / 2) / SIDE
    const distance = Math.hypot(across, down)
    const isInside = across + down < 0.7
    const isRing = distance > 0.18 && distance < 0.3
    png.data.set(isRing ? WHITE : isInside ? BLUE : NOTHING, index * 4)
  }
  return PNG.sync.write(png)
}
