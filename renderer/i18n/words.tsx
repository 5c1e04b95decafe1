import { Fragment, useMemo, type ReactNode } from 'react'
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

/** The words of the reader's language; components draw again when it changes. */
export function useWords(): Words {
  const { t: translate, i18n } = useTranslation()
  const language = i18n.resolvedLanguage ?? i18n.language
  return useMemo(() => {
    const numbers = new Intl.NumberFormat(language)
    const shown = (value: string | number): string =>
      typeof value === 'number' ? numbers.format(value) : value
    const pieces = (key: Key, values: Values): readonly Piece[] =>
      piecesOf(translate(key, { ...values, skipInterpolation: true }))
    const t = (key: Key, values: Values = {}): string => plainText(pieces(key, values), values, shown)
    const say = (key: Key, values: Values = {}, parts: Parts = {}): ReactNode =>
      draw(pieces(key, values), values, parts, shown)
    return { t, say, language }
  }, [translate, language])
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
