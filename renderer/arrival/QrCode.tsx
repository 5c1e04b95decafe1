import { encode } from 'uqr'
import { useMemo } from 'react'

interface Props {
  readonly text: string
  readonly label: string
}

/** A QR code, drawn as one path so that no markup is made of text. */
export function QrCode({ text, label }: Props) {
  const { size, path } = useMemo(() => {
    const code = encode(text, { border: 0, ecc: 'M' })
    const cells = code.data.flatMap((row, y) =>
      row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])),
    )
    return { size: code.size, path: cells.join('') }
  }, [text])
  return (
    <figure className="qr" role="img" aria-label={label}>
      <svg viewBox={`0 0 ${size} ${size}`} shapeRendering="crispEdges">
        <path d={path} fill="#000" />
      </svg>
    </figure>
  )
}
