import { useEffect, useId, useRef, useState, type FormEvent, type KeyboardEvent } from 'react'
import { pageAddressIn } from '../../core/adding/page-address.ts'
import type { AddingPage, PageProblem } from '../../core/adding/page-state.ts'
import { MAX_PAGE_LENGTH } from '../../core/importing/import-page.ts'
import { useActions } from '../bridge.tsx'
import { useWords, type Key } from '../i18n/words.tsx'
import { Button } from '../parts/Button.tsx'
import { BackButton, Exit, Title } from '../parts/Floor.tsx'
import { Message } from '../parts/Notice.tsx'
import { useFileDrop } from '../parts/use-file-drop.ts'
import { handIn, PAGE_ENDINGS } from './hand-in.ts'

/** After so long somebody wonders, in milliseconds. */
const SLOW = 4_000

const problems = {
  badAddress: 'adding.problem.badAddress',
  private: 'adding.problem.private',
  missing: 'adding.problem.missing',
  unreachable: 'adding.problem.unreachable',
  tooLarge: 'adding.problem.tooLarge',
  notText: 'adding.problem.notText',
  noRooms: 'adding.problem.noRooms',
  tookTooLong: 'adding.problem.tookTooLong',
  broke: 'adding.problem.broke',
} as const satisfies Record<PageProblem, Key>

interface Props {
  readonly page: Exclude<AddingPage, { kind: 'read' }>
}

/** Where a maintainer hands in their page: its address, its text, or a file. */
export function HandIn({ page }: Props) {
  const { t, say } = useWords()
  const { send } = useActions()
  const id = useId()
  const text = useRef<HTMLTextAreaElement>(null)
  const chooser = useRef<HTMLInputElement>(null)
  const isWorking = page.kind !== 'none'
  const problem = page.kind === 'none' ? page.problem : null
  const open = (file: File): void => void handIn(file).then((event) => send(event))
  const isOver = useFileDrop(open)
  // Each time, also where the same thing is wrong again.
  const failed = problem === null ? null : page
  useEffect(() => {
    if (failed !== null) text.current?.focus()
  }, [failed])
  const read = (): void => {
    const typed = text.current?.value ?? ''
    if (isWorking) return
    if (typed.trim() === '') return text.current?.focus()
    const isTooLarge = typed.length > MAX_PAGE_LENGTH
    send({
      type: 'openPage',
      page: isTooLarge ? { kind: 'file', name: '', bytes: null } : { kind: 'typed', text: typed },
    })
  }
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault()
    read()
  }
  const onKey = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    // An address is one line; in a page's text Enter begins another.
    const isAddress = pageAddressIn(event.currentTarget.value) !== null
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing || !isAddress) return
    event.preventDefault()
    read()
  }
  const source = page.source === null || page.source === '' ? t('adding.thisPage') : page.source
  const hasSentence = problem !== null || isOver
  return (
    <>
      <div className="scroll">
        <Title text={t('adding.title')} />
        <p className="lead">{t('adding.lead')}</p>
        <form className="form" id={`${id}-form`} onSubmit={onSubmit} noValidate>
          <div className={problem === null ? 'field' : 'field is-wrong'}>
            <label htmlFor={id}>{t('adding.field')}</label>
            <span className={isOver ? 'input is-text is-over' : 'input is-text'}>
              <textarea
                id={id}
                ref={text}
                rows={5}
                spellCheck={false}
                autoCapitalize="none"
                dir="auto"
                placeholder={t('adding.placeholder')}
                aria-invalid={problem === null ? undefined : true}
                aria-describedby={hasSentence ? `${id}-say` : undefined}
                onKeyDown={onKey}
              />
            </span>
            {hasSentence && (
              <div id={`${id}-say`} className="field-say">
                {problem === null || isOver ? (
                  t('adding.drop')
                ) : (
                  <Message tone="wrong">{say(problems[problem], { page: source })}</Message>
                )}
              </div>
            )}
            {isWorking && <Working page={page} source={source} />}
          </div>
          <div className="hand-in-file">
            <input
              ref={chooser}
              hidden
              type="file"
              accept={PAGE_ENDINGS.map((ending) => `.${ending}`).join(',')}
              onChange={(event) => {
                const [file] = event.target.files ?? []
                if (file !== undefined) open(file)
                // The same file may be chosen once more after it was mended.
                event.target.value = ''
              }}
            />
            <Button isOff={isWorking} onPress={() => chooser.current?.click()}>
              {t('adding.choose')}
            </Button>
            <p className="small quiet">{t('adding.formats')}</p>
          </div>
        </form>
      </div>
      <Exit>
        <BackButton onBack={() => send({ type: isWorking ? 'cancelPage' : 'back' })} />
        <span className="grow" />
        <p className="note small quiet" id={`${id}-next`}>
          {t('adding.next')}
        </p>
        <Button kind="main" form={`${id}-form`} isBusy={isWorking} describedBy={`${id}-next`}>
          {t(isWorking ? 'adding.working' : 'adding.action')}
        </Button>
      </Exit>
    </>
  )
}

interface WorkingProps {
  readonly page: Extract<AddingPage, { since: number }>
  readonly source: string
}

function Working({ page, source }: WorkingProps) {
  const { t, say } = useWords()
  const { send } = useActions()
  const [isSlow, setSlow] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), SLOW)
    return () => clearTimeout(timer)
  }, [])
  return (
    <div className="hand-in-working">
      <Message tone="wait">
        {say(page.kind === 'fetching' ? 'adding.fetching' : 'adding.reading', { page: source })}
        {isSlow && ` ${t('adding.slow')}`}
      </Message>
      <Button kind="text" isSmall onPress={() => send({ type: 'cancelPage' })}>
        {t('app.cancel')}
      </Button>
    </div>
  )
}
