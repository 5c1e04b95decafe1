import type { Community } from '../../core/communities/community.ts'
import { useActions } from '../bridge.tsx'
import { useDrawn, type Draw } from './use-drawn.ts'

/** Pixels on each side of the canvas: twice what is shown. */
const SIDE = 96

/** The sign of a community: its initials, until its own picture is drawn over them. */
export function Face({ community }: { readonly community: Pick<Community, 'initials' | 'picture'> }) {
  const { readPicture } = useActions()
  const { canvas, isDrawn } = useDrawn(community.picture, readPicture, drawSquare)
  return (
    <span className="face" aria-hidden="true">
      {!isDrawn && community.initials}
      <canvas ref={canvas} width={SIDE} height={SIDE} hidden={!isDrawn} />
    </span>
  )
}

/* The middle of it, on white: signs with see-through parts are made for paper. */
const drawSquare: Draw = (context, image) => {
  const side = Math.min(image.width, image.height)
  const [left, top] = [(image.width - side) / 2, (image.height - side) / 2]
  context.fillStyle = 'white'
  context.fillRect(0, 0, SIDE, SIDE)
  context.drawImage(image, left, top, side, side, 0, 0, SIDE, SIDE)
}
