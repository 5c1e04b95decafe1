import { z } from 'zod'
import { plainLine } from '../text/plain-text.ts'
import { contradictions } from './manifest-consistency.ts'
import {
  colour,
  contact,
  httpsUrl,
  languageTag,
  lineOf,
  presetId,
  roomAddress,
  sectionId,
  serverName,
  shortText,
  via,
} from './manifest-fields.ts'
import { isOwnPreset } from './own-presets.ts'

/** The version of the format that this Foyer writes. It reads older ones, see `migrateManifest`. */
export const MANIFEST_VERSION = 2

/** Most rooms that a manifest may list. */
export const MAX_ROOMS = 5000

const space = z
  .looseObject({ address: roomAddress.describe('The space’s alias, or its ID with `via`.'), via })
  .describe('The space that keeps the rooms together. Newcomers join it first.')

const section = z.looseObject({
  id: sectionId.describe('What rooms, presets and answers call it.'),
  name: z.string().overwrite(plainLine).max(200).describe('The heading above its rooms.'),
})

const room = z.looseObject({
  address: roomAddress.describe('The room’s alias such as `#lobby:example.org`, or its ID with `via`.'),
  via,
  label: shortText
    .optional()
    .describe('What your page calls it. The room’s own name is shown where a server tells it.'),
  purpose: lineOf(500).optional().describe('What it is for, in a sentence.'),
  section: sectionId.optional().describe('The ID of a section. Without one the room stands in the first.'),
  lobby: z.boolean().default(false).describe('True for the room where newcomers say hello. One is enough.'),
  suggested: z.boolean().default(false).describe('True where most newcomers want it.'),
  priority: z
    .int()
    .min(-100)
    .max(100)
    .default(0)
    .describe('Rooms with a higher one are shown and joined earlier; equal ones stay in the file’s order.'),
  language: languageTag.optional().describe('The language spoken in it, where it isn’t the community’s.'),
  notes: z
    .array(shortText)
    .max(10)
    .default([])
    .describe('What is good to know: “bridged to Slack”, “written by a bot”.'),
})

const roomsAndSections = {
  rooms: z
    .array(roomAddress)
    .max(MAX_ROOMS)
    .default([])
    .describe('Addresses of rooms that are listed above.'),
  sections: z.array(sectionId).max(50).default([]).describe('IDs of sections: all of their rooms.'),
}

const preset = z.looseObject({
  id: presetId
    .refine((id) => !isOwnPreset(id), 'a preset that Foyer has of its own')
    .describe('Its name in links.'),
  name: lineOf(60).describe('Its name on screen.'),
  ...roomsAndSections,
})

const question = z.looseObject({
  text: lineOf(200).describe('The question.'),
  many: z.boolean().default(false).describe('True where several answers may be chosen.'),
  answers: z
    .array(z.looseObject({ text: lineOf(120).describe('The answer.'), ...roomsAndSections }))
    .min(2)
    .max(20)
    .describe('What can be answered, and which rooms each answer adds.'),
})

const rules = z.looseObject({
  url: httpsUrl.describe('The whole text.'),
  name: lineOf(100).optional().describe('Its name, such as “Code of conduct”.'),
  points: z.array(lineOf(300)).max(12).default([]).describe('The main points, one sentence each.'),
  accept: z.boolean().default(false).describe('True where newcomers have to agree before they join.'),
})

const privacy = z.looseObject({
  public: z.boolean().optional().describe('True where anyone on the internet can read the rooms.'),
  encrypted: z
    .boolean()
    .optional()
    .describe('True where messages are end-to-end encrypted, false where they aren’t.'),
  notes: z
    .array(lineOf(300))
    .max(8)
    .default([])
    .describe('What else newcomers should know before they write.'),
})

const homeserver = z.looseObject({
  name: serverName.describe('Its server name, as in the Matrix IDs of its people.'),
  about: z
    .enum(['matrixorg', 'own', 'institution', 'public'])
    .optional()
    .describe(
      'Who runs it: the Matrix.org Foundation, the community, an institution, or volunteers for everybody.',
    ),
  domains: z
    .array(serverName)
    .max(20)
    .default([])
    .describe('Domains of e-mail addresses whose people have an account there already: `tu-dresden.de`.'),
})

const welcome = z.looseObject({
  title: shortText.describe('Its heading.'),
  paragraphs: z.array(lineOf(1000)).max(10).describe('Plain text, without markup.'),
})

/**
 * A community as its maintainers describe it. A space is optional, since some communities have none; rooms are listed
 * by hand, since a page knows better than a space which matter. Fields that Foyer doesn't know are kept.
 */
export const manifestSchema = z
  .looseObject({
    $schema: z.string().max(500).optional().describe('Where this schema is, for editors.'),
    version: z.literal(MANIFEST_VERSION).describe('The version of this format.'),
    id: z
      .string()
      .regex(/^[a-z0-9-]{1,64}$/, 'an ID has a-z, 0-9 and - only')
      .optional()
      .describe('Stable short name. Made from `name` where it isn’t there.'),
    name: shortText.describe('The community’s name.'),
    summary: lineOf(300).optional().describe('What the community is about, in a sentence.'),
    picture: z
      .union([
        httpsUrl,
        z
          .string()
          .max(300)
          .regex(/^mxc:\/\/[^\s/]+\/[\w-]+$/),
      ])
      .optional()
      .describe('A square picture: https or mxc.'),
    initials: z
      .string()
      .overwrite(plainLine)
      .min(1)
      .max(3)
      .optional()
      .describe('The sign where there is no picture.'),
    colour: colour.optional().describe('The one colour from which all others on screen are made.'),
    languages: z.array(languageTag).max(20).default([]).describe('Spoken in the rooms, most used first.'),
    website: httpsUrl.optional().describe('The community’s page.'),
    contact: contact.optional().describe('Who helps when something goes wrong.'),
    space: space.optional(),
    sections: z
      .array(section)
      .max(50)
      .optional()
      .describe(
        'Headings, in the order of the screen. Without them the sections that rooms name are the headings.',
      ),
    rooms: z
      .array(room)
      .max(MAX_ROOMS)
      .default([])
      .describe('The rooms newcomers may want, in the order of the screen.'),
    roomCount: z
      .int()
      .min(1)
      .max(MAX_ROOMS)
      .optional()
      .describe('How many rooms there are with those that only the space knows.'),
    presets: z
      .array(preset)
      .max(8)
      .default([])
      .describe('Choices of rooms beside “Suggested” and “Everything”.'),
    preset: presetId
      .optional()
      .describe('The one newcomers begin with: a preset’s ID, `suggested`, `all` or `lobby`.'),
    questions: z
      .array(question)
      .max(3)
      .default([])
      .describe('What newcomers are asked. Each answer adds rooms to theirs.'),
    rules: rules.optional().describe('Rules or code of conduct.'),
    privacy: privacy.optional().describe('Who can read along.'),
    homeservers: z.array(homeserver).max(10).default([]).describe('Homeservers to suggest, best first.'),
    welcome: z
      .record(languageTag, welcome)
      .refine((texts) => Object.keys(texts).length <= 20, 'more than 20 languages')
      .optional()
      .describe('Something to read while the rooms are joined, by language.'),
  })
  .superRefine((file, context) => {
    for (const { path, message } of contradictions(file)) context.addIssue({ code: 'custom', path, message })
  })
  .meta({
    title: 'Foyer manifest',
    description: 'A Matrix community: its space, its rooms, and what newcomers should know.',
  })

/** A file that fits the schema, before what it leaves out is filled in. */
export type ManifestFile = z.output<typeof manifestSchema>

/** A file as it is written: what has a default may be left out. */
export type ManifestInput = z.input<typeof manifestSchema>
