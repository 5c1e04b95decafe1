import type { Manifest, WelcomeText } from './read-manifest.ts'

/** Rooms that belong together: their keys, and sections of which all rooms are meant, also those found later. */
export interface Picks {
  readonly keys: readonly string[]
  readonly sections: readonly string[]
}

/** A choice of rooms that the community's maintainers have made. */
export interface OfferedPreset extends Picks {
  readonly id: string
  readonly name: string
}

/** What newcomers are asked about their interests. Each answer adds rooms to theirs. */
export interface InterestQuestion {
  readonly text: string
  /** Several answers may be chosen. */
  readonly isMany: boolean
  readonly answers: readonly (Picks & { readonly text: string })[]
}

/** Rules or code of conduct. */
export interface Rules {
  readonly url: string
  readonly name: string | null
  readonly points: readonly string[]
  /** Newcomers have to agree before they join. */
  readonly mustAgree: boolean
}

/** Who can read along, as far as the community says. */
export interface Privacy {
  readonly isPublic: boolean
  /** End-to-end; null where nothing is said of it. */
  readonly isEncrypted: boolean | null
  readonly notes: readonly string[]
}

/** What only a manifest can say of a community. Servers know nothing of it. */
export interface Description {
  readonly colour: string | null
  /** Where its own sign is: an https address or a content URI; null where there is none. */
  readonly picture: string | null
  /** BCP 47, the most used one first. */
  readonly languages: readonly string[]
  readonly website: string | null
  readonly contact: string | null
  readonly rules: Rules | null
  readonly privacy: Privacy
  /** Something to read, in each language that there is. */
  readonly welcome: readonly (WelcomeText & { readonly language: string })[]
  readonly presets: readonly OfferedPreset[]
  /** ID of the preset to begin with: one of these or of Foyer's. */
  readonly firstPreset: string | null
  readonly questions: readonly InterestQuestion[]
}

/** Of a community without a manifest. */
export const undescribed: Description = {
  colour: null,
  picture: null,
  languages: [],
  website: null,
  contact: null,
  rules: null,
  privacy: { isPublic: false, isEncrypted: null, notes: [] },
  welcome: [],
  presets: [],
  firstPreset: null,
  questions: [],
}

/** What a manifest says beside naming the community and its rooms. */
export function descriptionIn(manifest: Manifest): Description {
  const { rules, privacy } = manifest
  return {
    colour: manifest.colour ?? null,
    picture: manifest.picture ?? null,
    languages: manifest.languages,
    website: manifest.website ?? null,
    contact: manifest.contact ?? null,
    rules:
      rules === undefined
        ? null
        : {
            url: rules.url,
            name: rules.name ?? null,
            points: distinct(rules.points),
            mustAgree: rules.accept,
          },
    privacy: {
      isPublic: privacy?.public === true,
      isEncrypted: privacy?.encrypted ?? null,
      notes: distinct(privacy?.notes ?? []),
    },
    welcome: Object.entries(manifest.welcome ?? {}).map(([language, { title, paragraphs }]) => ({
      language,
      title,
      paragraphs: distinct(paragraphs),
    })),
    presets: manifest.presets.map(({ id, name, ...picks }) => ({ id, name, ...picksOf(picks) })),
    firstPreset: manifest.preset ?? null,
    questions: manifest.questions.map(({ text, many, answers }) => ({
      text,
      isMany: many,
      answers: answers.map((answer) => ({ text: answer.text, ...picksOf(answer) })),
    })),
  }
}

/** The description alone, where rooms may have other keys: `keyOf` gives the one that a room has now. */
export function withKeys(described: Description, keyOf: (key: string) => string): Description {
  const { colour, picture, languages, website, contact, rules, privacy, welcome, firstPreset } = described
  const moved = <Each extends Picks>(picks: Each): Each => ({ ...picks, keys: picks.keys.map(keyOf) })
  return {
    colour,
    picture,
    languages,
    website,
    contact,
    rules,
    privacy,
    welcome,
    firstPreset,
    presets: described.presets.map(moved),
    questions: described.questions.map((each) => ({ ...each, answers: each.answers.map(moved) })),
  }
}

// A room's key is at first the address by which the manifest lists it.
function picksOf({ rooms, sections }: { rooms: readonly string[]; sections: readonly string[] }): Picks {
  return { keys: distinct(rooms), sections: distinct(sections) }
}

/** Each once: what is said twice says nothing more. */
export function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)]
}
