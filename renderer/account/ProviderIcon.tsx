import { Icon } from '../parts/Icon.tsx'
import { useDrawn, type Draw } from '../parts/use-drawn.ts'

/** Pixels on each side of the canvas: twice what is shown. */
const SIDE = 48

interface Props {
  /** A picture in base64; null where there is none. */
  readonly picture: string | null
}

/** The icon beside an identity provider's name: a key, until its own is drawn. */
export function ProviderIcon({ picture }: Props) {
  const { canvas, isDrawn } = useDrawn(picture, bytesOf, drawWhole)
  return (
    <>
      {!isDrawn && <Icon name="key" />}
      <canvas
        ref={canvas}
        className="provider-icon"
        width={SIDE}
        height={SIDE}
        hidden={!isDrawn}
        aria-hidden="true"
      />
    </>
  )
}

const drawWhole: Draw = (context, icon) => {
  const scale = Math.min(SIDE / icon.width, SIDE / icon.height)
  const [width, height] = [icon.width * scale, icon.height * scale]
  context.clearRect(0, 0, SIDE, SIDE)
  context.drawImage(icon, (SIDE - width) / 2, (SIDE - height) / 2, width, height)
}

async function bytesOf(picture: string): Promise<Uint8Array<ArrayBuffer>> {
  return Uint8Array.from(atob(picture), (letter) => letter.codePointAt(0) ?? 0)
}
