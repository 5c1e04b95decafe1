import { useEffect, useId, useRef, useState, type FormEvent } from 'react'
import type { Account, CommunityCard, Experience, WelcomeState } from '../../core/onboarding/state.ts'
import { handIn, isPageFile } from '../adding/hand-in.ts'
import { useActions } from '../bridge.tsx'
import { useWords, type Key } from '../i18n/words.tsx'
import { languages } from '../i18n/i18n.ts'
import { textOf, useFileDrop } from '../parts/use-file-drop.ts'
import { YourCommunities } from '../joined/YourCommunities.tsx'
import { Button } from '../parts/Button.tsx'
import { Field } from '../parts/Field.tsx'
import { Title } from '../parts/Floor.tsx'
import { Brand, FrontDoor } from '../parts/FrontDoor.tsx'
import { Icon } from '../parts/Icon.tsx'
import { Blank } from '../parts/Notice.tsx'

/** More doors than these don't fit on one wall; they become rows with a search. */
const DOORS_ON_A_WALL = 4

/** The front doors of the communities, and a field for any other. */
export function Welcome({ state }: { readonly state: WelcomeState }) {
  const { t } = useWords()
  const joinedIds = new Set(state.joined.map(({ communityId }) => communityId))
  const elsewhere = state.communities.filter(({ id }) => !joinedIds.has(id))
  const { send } = useActions()
  return (
    <main className={state.joined.length > 0 ? 'welcome has-yours' : 'welcome'}>
      <div className="topbar">
        <Brand name={t('app.name')} />
        <span className="topbar-end">
          <Button kind="text" isSmall onPress={() => send({ type: 'addCommunity' })}>
            {t('welcome.add')}
          </Button>
          {/* With one language a button would do nothing, so it only says which one. */}
          {Object.keys(languages).length === 1 && (
            <span className="language small">
              <Icon name="globe" isSmall />
              {t('app.language')}
            </span>
          )}
        </span>
      </div>
      <header className="welcome-head">
        <Title text={t('welcome.title')} />
        <p className="lead">{t('welcome.lead')}</p>
        {state.account !== null && <SignedIn account={state.account} />}
      </header>
      {state.joined.length > 0 && <YourCommunities state={state} />}
      <Street
        communities={elsewhere}
        title={state.joined.length > 0 && elsewhere.length > 0 ? t('joined.elsewhere') : null}
      />
      <div className="welcome-foot">
        <LinkForm link={state.link} />
        <Know experience={state.experience} />
      </div>
    </main>
  )
}

// The session of an earlier community, which serves the next one too.
function SignedIn({ account }: { readonly account: Account }) {
  const { t, say } = useWords()
  const { send } = useActions()
  return (
    <p className="signed-in small">
      {say('welcome.signedIn', { account: account.userId })}
      <Button kind="text" isSmall onPress={() => send({ type: 'signOut' })}>
        {t('welcome.signOut')}
      </Button>
    </p>
  )
}

interface StreetProps {
  readonly communities: readonly CommunityCard[]
  /** Where they stand below one's own, as rows. */
  readonly title: string | null
}

function Street({ communities, title }: StreetProps) {
  const { t, say } = useWords()
  const [query, setQuery] = useState('')
  const hasSearch = communities.length > DOORS_ON_A_WALL
  const hasRows = hasSearch || title !== null
  const wanted = query.trim().toLowerCase()
  const shown = communities.filter((each) => `${each.name} ${each.summary}`.toLowerCase().includes(wanted))
  return (
    <div className={hasRows ? 'street-block is-rows' : 'street-block'}>
      {title !== null && <h2 className="label">{title}</h2>}
      {hasSearch && (
        <span className="input">
          <Icon name="search" />
          <input
            type="search"
            aria-label={t('welcome.search')}
            placeholder={t('welcome.search')}
            value={query}
            onChange={(event) => setQuery(event.target.value)}
          />
        </span>
      )}
      {shown.length === 0 && communities.length > 0 && (
        <Blank door="empty" title={say('welcome.noMatch.title', { query: query.trim() })}>
          {t('welcome.noMatch.text')}
        </Blank>
      )}
      <ul className="street">
        {shown.map((community, index) => (
          <li key={community.id}>
            <Front community={community} isOpen={index === 0 && !hasRows} />
          </li>
        ))}
      </ul>
    </div>
  )
}

function Front({ community, isOpen }: { readonly community: CommunityCard; readonly isOpen: boolean }) {
  const { t } = useWords()
  const { send } = useActions()
  const door = useRef<HTMLButtonElement>(null)
  // Through the CSSOM, as the content security policy forbids style attributes.
  useEffect(() => {
    if (community.colour !== null) door.current?.style.setProperty('--community', community.colour)
  }, [community.colour])
  return (
    <button
      type="button"
      ref={door}
      className={isOpen ? 'front is-open' : 'front'}
      data-community={community.id}
      onClick={() => send({ type: 'chooseCommunity', id: community.id })}
    >
      <span className="aside-text">{t('welcome.open', { community: community.name })}: </span>
      <FrontDoor initials={community.initials} />
      <span className="front-text">
        <span className="front-title">
          <bdi className="front-name">{community.name}</bdi>
          <span className="front-size">{t('app.rooms', { count: community.roomCount })}</span>
        </span>
        <span className="front-about">{community.summary}</span>
      </span>
    </button>
  )
}

const linkProblems = {
  badLink: 'state.badLink',
  badFile: 'welcome.link.badFile',
  person: 'welcome.link.person',
  unreachable: 'welcome.link.unreachable',
  missing: 'welcome.link.missing',
  private: 'welcome.link.private',
  noCommunity: 'welcome.link.noCommunity',
} as const satisfies Record<string, Key>

function LinkForm({ link }: { readonly link: WelcomeState['link'] }) {
  const { t } = useWords()
  const { send } = useActions()
  const [text, setText] = useState('')
  const [isEdited, setEdited] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const isLooking = link.kind === 'looking'
  const chooser = useRef<HTMLInputElement>(null)
  const open = (file: File): void => {
    setText('')
    setEdited(false)
    if (isPageFile(file)) {
      send({ type: 'addCommunity' })
      void handIn(file).then(send)
      return
    }
    void textOf(file).then((content) => send({ type: 'openFile', text: content }))
  }
  const isOver = useFileDrop(open)
  const problem = link.kind === 'failed' && !isEdited ? t(linkProblems[link.reason]) : null
  useEffect(() => {
    if (link.kind === 'failed') input.current?.focus()
  }, [link.kind])
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault()
    if (text.trim() === '') return input.current?.focus()
    if (isLooking) return
    setEdited(false)
    send({ type: 'openLink', text })
  }
  return (
    <form className={isOver ? 'link-form is-over' : 'link-form'} onSubmit={onSubmit} noValidate>
      <Field
        label={t('welcome.linkLabel')}
        value={text}
        onChange={(next) => {
          setText(next)
          setEdited(true)
        }}
        inputRef={input}
        problem={isOver ? null : problem}
        say={isOver ? t('welcome.drop') : null}
        input={{ type: 'text', placeholder: t('welcome.linkPlaceholder'), autoComplete: 'off', dir: 'auto' }}
        after={
          <button type="submit" className="button is-text" aria-disabled={isLooking ? true : undefined}>
            {isLooking ? t('welcome.looking') : t('welcome.linkAction')}
          </button>
        }
      >
        <input
          ref={chooser}
          hidden
          type="file"
          accept=".foyer,.json,.yaml,.yml"
          onChange={(event) => {
            const [file] = event.target.files ?? []
            if (file !== undefined) open(file)
            // The same file may be chosen once more after it was mended.
            event.target.value = ''
          }}
        />
        <div className="link-more">
          <Button kind="text" isSmall isOff={isLooking} onPress={() => chooser.current?.click()}>
            {t('welcome.openFile')}
          </Button>
          <p className="hint">{t('welcome.linkAgain')}</p>
        </div>
      </Field>
    </form>
  )
}

const experiences = [
  ['new', 'welcome.know.new'],
  ['slack', 'welcome.know.slack'],
  ['matrix', 'welcome.know.matrix'],
] as const satisfies readonly (readonly [Experience, Key])[]

function Know({ experience }: { readonly experience: Experience }) {
  const { t } = useWords()
  const { send } = useActions()
  const name = useId()
  return (
    <fieldset className="link-form">
      <legend className="label">{t('welcome.knowLabel')}</legend>
      <span className="segments">
        {experiences.map(([value, key]) => (
          <label className="segment" key={value}>
            <input
              type="radio"
              name={name}
              checked={value === experience}
              onChange={() => send({ type: 'setExperience', experience: value })}
            />
            <span>{t(key)}</span>
          </label>
        ))}
      </span>
    </fieldset>
  )
}
