import { useCombobox } from 'downshift'
import { useEffect, useRef, useState, type FormEvent, type KeyboardEvent, type ReactNode } from 'react'
import type { FoundInstitution } from '../../core/homeservers/search.ts'
import type { HomeserverState } from '../../core/onboarding/state.ts'
import { useActions } from '../bridge.tsx'
import { regionName } from '../i18n/region.ts'
import { useWords } from '../i18n/words.tsx'
import { Message } from '../parts/Notice.tsx'
import { DidYouMean, useLookUpWords } from './look-up.tsx'

interface Props {
  readonly another: Exclude<HomeserverState['another'], { kind: 'closed' }>
}

type Failure = Extract<HomeserverState['another'], { kind: 'failed' }>

/** Looks for an institution whose people have accounts already: by name, by city, by an e-mail address. */
export function InstitutionSearch({ another }: Props) {
  const { t, say, language } = useWords()
  const { send } = useActions()
  const lookUpWords = useLookUpWords()
  const [text, setText] = useState('')
  const [isEdited, setEdited] = useState(false)
  const found = useInstitutions(text)
  const isLooking = another.kind === 'looking'
  const failure = another.kind === 'failed' && !isEdited ? another : null
  const { getLabelProps, getInputProps, getMenuProps, getItemProps, highlightedIndex, isOpen } = useCombobox({
    items: [...found.institutions],
    inputValue: text,
    defaultHighlightedIndex: 0,
    itemToString: (item) => item?.name ?? '',
    onInputValueChange: ({ inputValue, type }) => {
      // Told behind time, when the next letter may stand there already: what is typed goes in as it is typed.
      if (type !== useCombobox.stateChangeTypes.InputChange) setText(inputValue)
    },
    onSelectedItemChange: ({ selectedItem }) => {
      if (selectedItem === null) return
      setEdited(false)
      send({ type: 'chooseInstitution', name: selectedItem.name, server: selectedItem.server })
    },
  })
  const hasNone = found.text === text.trim() && found.institutions.length === 0 && found.text !== ''
  // A domain that the catalogue doesn't know may have a homeserver all the same.
  const isDomain = hasNone && text.includes('.')
  const edit = ({ currentTarget }: FormEvent<HTMLInputElement>): void => {
    setText(currentTarget.value)
    setEdited(true)
  }
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault()
    if (isLooking || !isDomain) return
    setEdited(false)
    send({ type: 'findAnother', text })
  }
  const isShown = isOpen && found.institutions.length > 0
  const form = useRef<HTMLFormElement>(null)
  // Results come up below the fold in small windows.
  useEffect(() => {
    if (isOpen && found.institutions.length > 0) form.current?.scrollIntoView({ block: 'nearest' })
  }, [isOpen, found])
  return (
    <form className="another" ref={form} onSubmit={onSubmit} noValidate>
      <div className={failure === null ? 'field' : 'field is-wrong'}>
        <label {...getLabelProps()}>{t('homeserver.institutionLabel')}</label>
        <span className="input">
          <input
            {...getInputProps({
              ref: takeFocus,
              onChange: edit,
              onKeyDown: isDomain ? leaveEnter : undefined,
            })}
            type="text"
            spellCheck={false}
            autoCapitalize="none"
            aria-invalid={failure === null ? undefined : true}
            aria-describedby="institution-say"
          />
          {isDomain && (
            <button type="submit" className="button is-text" aria-disabled={isLooking ? true : undefined}>
              {t('welcome.linkAction')}
            </button>
          )}
        </span>
        <ul {...getMenuProps()} className="found-list" hidden={!isShown}>
          {isShown &&
            found.institutions.map((institution, index) => (
              <li
                key={institution.server}
                {...getItemProps({ item: institution, index })}
                className={index === highlightedIndex ? 'found is-at' : 'found'}
              >
                <span className="found-name">{institution.name}</span>
                <span className="small quiet">
                  {placeOf(institution, language)} <bdi className="found-server">{institution.server}</bdi>
                </span>
              </li>
            ))}
        </ul>
        <div id="institution-say" className="field-say">
          {failure !== null ? (
            <Message tone="wrong">{wordsOf(failure)}</Message>
          ) : isLooking ? (
            <Message tone="wait">{say('homeserver.looking', { server: another.serverName })}</Message>
          ) : hasNone ? (
            <p className="hint">{say('homeserver.institutionNone', { query: text.trim() })}</p>
          ) : (
            <p className="hint">{t('homeserver.institutionExample')}</p>
          )}
        </div>
        {failure !== null && failure.suggestion !== null && (
          <DidYouMean
            server={failure.suggestion}
            onPick={(server) => send({ type: 'findAnother', text: server })}
          />
        )}
      </div>
      <p className="aside-text" role="status">
        {isShown && t('homeserver.institutionFound', { count: found.institutions.length })}
      </p>
    </form>
  )

  // One that was picked from the list can't be misspelt.
  function wordsOf({ reason, serverName, suggestion }: Failure): ReactNode {
    return reason === 'noServer' && !text.includes('.')
      ? say('homeserver.unreachable', { server: serverName })
      : lookUpWords(reason, serverName, suggestion)
  }
}

// With nothing to choose from, Enter belongs to the form.
function leaveEnter(event: KeyboardEvent): void {
  if (event.key === 'Enter') Object.assign(event.nativeEvent, { preventDownshiftDefault: true })
}

function takeFocus(input: HTMLInputElement | null): void {
  input?.focus()
}

interface Found {
  /** What these were found for. */
  readonly text: string
  readonly institutions: readonly FoundInstitution[]
}

// Asked anew with each letter; an answer that comes after a later one is dropped.
function useInstitutions(text: string): Found {
  const { findInstitutions } = useActions()
  const [found, setFound] = useState<Found>({ text: '', institutions: [] })
  useEffect(() => {
    let isCurrent = true
    const wanted = text.trim()
    findInstitutions(wanted.slice(0, 300))
      .then((institutions) => isCurrent && setFound({ text: wanted, institutions }))
      .catch((error: unknown) => console.error('The shell could not search', error))
    return () => {
      isCurrent = false
    }
  }, [text, findInstitutions])
  return found
}

function placeOf({ city, country }: FoundInstitution, language: string): string {
  const region = regionName(country, language)
  return city === undefined ? region : `${city}, ${region}`
}
