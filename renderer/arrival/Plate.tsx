import { useEffect, useState } from 'react'
import { useActions } from '../bridge.tsx'
import { useWords } from '../i18n/words.tsx'
import { Icon } from '../parts/Icon.tsx'

const COPIED_FOR = 3_000

/** An address to keep, with a button that copies it. */
export function Plate({ address, label }: { readonly address: string; readonly label: string }) {
  const { t } = useWords()
  const { copyText } = useActions()
  const [isCopied, setCopied] = useState(false)
  useEffect(() => {
    if (!isCopied) return undefined
    const timer = setTimeout(() => setCopied(false), COPIED_FOR)
    return () => clearTimeout(timer)
  }, [isCopied])
  return (
    <div className="section">
      <p className="small quiet">{label}</p>
      <p className="plate">
        <bdi className="mono">{address}</bdi>
        <button
          type="button"
          className="button is-text"
          onClick={() => {
            copyText(address)
            setCopied(true)
          }}
        >
          <Icon name={isCopied ? 'check' : 'copy'} isSmall />
          <span role="status">{t(isCopied ? 'app.copied' : 'app.copy')}</span>
        </button>
      </p>
    </div>
  )
}
