import type { ReactNode } from 'react'
import { lookAlikes } from '../../core/communities/look-alikes.ts'
import type { JoinLine } from '../../core/onboarding/state.ts'
import { useActions } from '../bridge.tsx'
import { doorOfLine } from '../hall/picture.ts'
import { useWords, type Key } from '../i18n/words.tsx'
import { LinkButton } from '../parts/Button.tsx'
import { Door } from '../parts/Door.tsx'
import { Icon } from '../parts/Icon.tsx'
import { reasonAction, reasonText, statusKey, type ReasonContext } from './reason.tsx'

interface Props {
  readonly line: JoinLine
  readonly context: ReasonContext
  readonly isOpen?: boolean
  /** Says that the Matrix ID was copied. */
  readonly onCopied: () => void
}

/** A room worth knowing about: its status in a word, and folded behind it what happened and what to do. */
export function Aware({ line, context, isOpen = false, onCopied }: Props) {
  const { t, say } = useWords()
  const { send, copyText, openExternal } = useActions()
  const action = reasonAction(line, context)
  const isAlike = lookAlikes(context.community.rooms).has(line.key)
  return (
    <details className="aware" open={isOpen}>
      <summary className="room">
        <Door state={doorOfLine(line, null)} />
        <span>
          <bdi className="room-name">{line.name || t('preview.private')}</bdi>
          {isAlike && <bdi className="room-address address">{line.key}</bdi>}
        </span>
        <span className="status quiet">{t(statusOf(line))}</span>
        <Icon name="down" isSmall />
      </summary>
      <div className="aware-text">
        {line.reason !== null && <p>{reasonSentence()}</p>}
        {action !== null && <LinkButton onPress={act}>{t(action.key)}</LinkButton>}
      </div>
    </details>
  )

  function reasonSentence(): ReactNode {
    if (line.reason === null) return null
    const [key, values] = reasonText(line.reason, line, context, t)
    return say(key, values)
  }

  function act(): void {
    if (action === null) return
    switch (action.kind) {
      case 'copyId':
        copyText(context.account.userId)
        return onCopied()
      case 'retry':
        return send({ type: 'retryRooms', keys: [line.key] })
      case 'takeBack':
        return send({ type: 'takeBackKnock', key: line.key })
      case 'open':
        return openExternal(action.link)
    }
  }
}

/** The word for where a room stands. */
export function statusOf(line: JoinLine, nextKey: string | null = null): Key {
  if (line.reason !== null && line.reason !== 'spaceFirst') return statusKey(line.reason)
  if (line.status === 'queued') return line.key === nextKey ? 'joining.status.next' : 'joining.status.queued'
  return `joining.status.${line.status}`
}
