import { z } from 'zod'
import { isAlias, isRoomId, isServerName } from '../addresses/room-address.ts'

const MAX_ROOMS = 5000
const shortText = z.string().min(1).max(200)
const serverName = z.string().refine(isServerName, 'not a server name')
const roomAddress = z.string().refine((text) => isAlias(text) || isRoomId(text), 'not an alias or a room ID')
const httpsUrl = z
  .string()
  .max(2000)
  .regex(/^https:\/\/[^\s]+$/)

const room = z.object({
  address: roomAddress,
  via: z.array(serverName).max(10).default([]),
  /** What the community's page calls the room. A hint: the server's own name is shown first. */
  label: shortText.optional(),
  purpose: z.string().max(500).optional(),
  section: shortText,
  isLobby: z.boolean().default(false),
  isSuggested: z.boolean().default(false),
  notes: z.array(shortText).max(10).default([]),
})

/**
 * A community as its maintainers describe it: facts from its page, words our own. A space is optional, since some
 * communities have none; rooms are listed by hand, since a page knows better than a space which matter.
 */
export const manifestSchema = z
  .object({
    version: z.literal(1),
    /** Stable name of the manifest, also the file's name. */
    id: z.string().regex(/^[a-z0-9-]{1,64}$/),
    name: shortText,
    /** One or two letters for the sign beside the door. */
    initials: z.string().min(1).max(3),
    summary: shortText,
    /** The seed from which every colour on screen is computed. */
    colour: z.string().regex(/^#[0-9a-f]{6}$/),
    website: httpsUrl.optional(),
    language: z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]+)*$/),
    space: z.object({ address: roomAddress, via: z.array(serverName).max(10).default([]) }).optional(),
    /** How many rooms there are, counting those that only the space knows. */
    roomCount: z.int().min(1).max(MAX_ROOMS),
    sections: z
      .array(z.object({ id: shortText, name: shortText }))
      .min(1)
      .max(50),
    rooms: z.array(room).max(MAX_ROOMS),
    /** Homeservers to suggest, best first. `about` picks the sentence that says who runs it. */
    homeservers: z
      .array(z.object({ name: serverName, about: z.enum(['matrixorg', 'own', 'institution', 'public']) }))
      .max(10),
    rules: z.object({ url: httpsUrl }).optional(),
    privacy: z.enum(['public', 'mixed']).default('mixed'),
    reading: z
      .object({ title: shortText, paragraphs: z.array(z.string().min(1).max(1000)).max(10) })
      .optional(),
    contact: z.string().max(200).optional(),
  })
  .refine((manifest) => new Set(manifest.rooms.map((each) => each.address)).size === manifest.rooms.length, {
    message: 'a room is listed twice',
    path: ['rooms'],
  })
  .refine(
    (manifest) =>
      manifest.rooms.every((each) => manifest.sections.some((section) => section.id === each.section)),
    { message: 'a room names a section that does not exist', path: ['rooms'] },
  )

/** A validated community manifest. */
export type Manifest = z.infer<typeof manifestSchema>
