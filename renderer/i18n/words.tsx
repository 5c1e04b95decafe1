import type { i18n, TFunction } from 'i18next'
import { createContext, Fragment, useContext, useMemo, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Experience } from '../../core/onboarding/state.ts'
import type en from './en.json'
import { piecesOf, type Piece } from './template.ts'

type Stem<Name> = Name extends `${infer Base}_one` | `${infer Base}_other` ? Base : Name

/** Name of a sentence in the i18n file; plural forms count as one. */
export type Key = Stem<keyof typeof en>
/** What is filled into a sentence. Numbers are formatted for the reader's language. */
export type Values = Readonly<Record<string, string | number>>
/** Draws the tagged parts of a sentence, such as `<a>`. */
export type Parts = Readonly<Record<string, (children: ReactNode) => ReactNode>>

/** The words of the reader's language. */
export interface Words {
  /** Plain text, for attributes and titles. */
  readonly t: (key: Key, values?: Values) => string
  /** The same sentence as elements: filled-in texts stand in `<bdi>`, so a foreign name can't turn a line around. */
  readonly say: (key: Key, values?: Values, parts?: Parts) => ReactNode
  /** BCP 47 tag to format dates and numbers for. */
  readonly language: string
}

const WordsContext = createContext<Words | null>(null)

interface ProviderProps {
  readonly i18n: i18n
  readonly children: ReactNode
}

/** Hands the words to everything below. They are made once, as there may be thousands of rows that speak. */
export function WordsProvider({ i18n, children }: ProviderProps) {
  const { t: translate } = useTranslation('translation', { i18n })
  const words = useMemo(() => wordsOf(translate, i18n.resolvedLanguage ?? i18n.language), [translate, i18n])
  return <WordsContext value={words}>{children}</WordsContext>
}

/** The words of the reader's language; components draw again when it changes. */
export function useWords(): Words {
  const words = useContext(WordsContext)
  if (words === null) throw new Error('No WordsProvider above')
  return words
}

function wordsOf(translate: TFunction, language: string): Words {
  const numbers = new Intl.NumberFormat(language)
  const shown = (value: string | number): string =>
    typeof value === 'number' ? numbers.format(value) : value
  // Most sentences of a long list are said again and again; those that count have more forms than one.
  const said = new Map<Key, readonly Piece[]>()
  const pieces = (key: Key, values: Values): readonly Piece[] => {
    if ('count' in values) return piecesOf(translate(key, { ...values, skipInterpolation: true }))
    const found = said.get(key) ?? piecesOf(translate(key, { skipInterpolation: true }))
    said.set(key, found)
    return found
  }
  const t = (key: Key, values: Values = {}): string => plainText(pieces(key, values), values, shown)
  const say = (key: Key, values: Values = {}, parts: Parts = {}): ReactNode =>
    draw(pieces(key, values), values, parts, shown)
  return { t, say, language }
}

/** For people who know Slack or Discord, some sentences have a twin under `slack.`. */
const slackTwins = {
  'hall.preview': 'slack.hall.preview',
  'rooms.lead': 'slack.rooms.lead',
  'rooms.title': 'slack.rooms.title',
  'homeserver.lead': 'slack.homeserver.lead',
  'done.first.quietWhy': 'slack.done.first.quietWhy',
} as const satisfies Partial<Record<Key, Key>>

/** Picks the sentence that fits what the reader has used before. */
export function wordedFor(experience: Experience, key: keyof typeof slackTwins): Key {
  return experience === 'slack' ? slackTwins[key] : key
}

type Show = (value: string | number) => string

function plainText(pieces: readonly Piece[], values: Values, shown: Show): string {
  return pieces
    .map((piece) => {
      if (piece.kind === 'text') return piece.text
      if (piece.kind === 'tag') return plainText(piece.pieces, values, shown)
      return shown(values[piece.name] ?? '')
    })
    .join('')
}

function draw(pieces: readonly Piece[], values: Values, parts: Parts, shown: Show): ReactNode {
  return pieces.map((piece, index) => {
    const key = `${piece.kind}${index}`
    if (piece.kind === 'text') return piece.text
    if (piece.kind === 'tag') {
      const children = draw(piece.pieces, values, parts, shown)
      return <Fragment key={key}>{parts[piece.name]?.(children) ?? <b>{children}</b>}</Fragment>
    }
    const value = values[piece.name] ?? ''
    return typeof value === 'number' ? shown(value) : <bdi key={key}>{value}</bdi>
  })
}
