import { z } from 'zod'
import { correctionSchema } from '../adding/corrections.ts'
import { presetId } from '../communities/manifest-fields.ts'
import { MAX_PAGE_LENGTH } from '../importing/import-page.ts'
import { MAX_LINK } from '../links/community-link.ts'
import { MAX_LINK_FILE } from '../links/link-file.ts'

const short = z.string().max(2000)
const key = z.string().max(600)
/** A space's 5,000 rooms, and those of the page beside them. */
const MOST_ROOMS = 6_000

/** A page that a maintainer hands in. `bytes` is null where there is more than any page has. */
export const handedPageSchema = z.discriminatedUnion('kind', [
  /** A page's address, or its text. */
  z.object({ kind: z.literal('typed'), text: z.string().max(MAX_PAGE_LENGTH) }),
  z.object({
    kind: z.literal('file'),
    name: z.string().max(1_000),
    bytes: z
      .instanceof(Uint8Array)
      .refine(({ byteLength }) => byteLength <= MAX_PAGE_LENGTH)
      .nullable(),
  }),
])
export type HandedPage = z.infer<typeof handedPageSchema>

/**
 * Everything a newcomer can do, as the screens report it. Validated in the main process, since whatever comes from
 * the renderer is treated as if a stranger had sent it.
 */
export const userEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('chooseCommunity'), id: key }),
  z.object({ type: z.literal('openLink'), text: z.string().max(MAX_LINK) }),
  /** A file that was dropped or chosen, as text. */
  z.object({ type: z.literal('openFile'), text: z.string().max(MAX_LINK_FILE) }),
  /** To what is new in a community that was joined earlier, also to see whether there is anything. */
  z.object({ type: z.literal('joinNews'), id: key }),
  /** What has changed there has been seen. */
  z.object({ type: z.literal('seenNews'), id: key }),
  /** Opens the question whether to remove it. */
  z.object({ type: z.literal('askToRemove'), id: key }),
  /** Looks after it no longer; the rooms stay. */
  z.object({ type: z.literal('forgetCommunity'), id: key }),
  /** Leaves its rooms as well. */
  z.object({ type: z.literal('leaveCommunity'), id: key }),
  /** Whether Foyer stays in the tray and looks once a day. */
  z.object({ type: z.literal('setWatching'), isOn: z.boolean() }),
  /** To a maintainer's own page. */
  z.object({ type: z.literal('addCommunity') }),
  z.object({ type: z.literal('openPage'), page: handedPageSchema }),
  z.object({ type: z.literal('cancelPage') }),
  /** Puts the page away for another one. */
  z.object({ type: z.literal('anotherPage') }),
  z.object({ type: z.literal('correctPage'), correction: correctionSchema }),
  /** Looks around in what was made of the page, as a newcomer would. */
  z.object({ type: z.literal('tryPage') }),
  /** It was saved, or its link copied. */
  z.object({ type: z.literal('pageShared') }),
  z.object({ type: z.literal('setExperience'), experience: z.enum(['new', 'slack', 'matrix']) }),
  z.object({ type: z.literal('back') }),
  /** The one main action of the preview. */
  z.object({ type: z.literal('leavePreview') }),
  z.object({ type: z.literal('checkAgain') }),
  z.object({ type: z.literal('chooseHomeserver'), name: z.string().max(300) }),
  /** The next homeservers worth suggesting, or the first ones again. */
  z.object({ type: z.literal('showOthers') }),
  z.object({ type: z.literal('showAnother'), isOpen: z.boolean() }),
  z.object({ type: z.literal('findAnother'), text: short }),
  /** An institution of the catalogue, whose people have accounts on `server`. */
  z.object({ type: z.literal('chooseInstitution'), name: key, server: key }),
  /** `name` is the one that the button named; without it, whichever is chosen. */
  z.object({ type: z.literal('continueWithHomeserver'), name: key.optional() }),
  /** "I have an account", from wherever it is offered; `id` is what was typed that says whose. */
  z.object({ type: z.literal('goToSignIn'), id: short.optional() }),
  z.object({ type: z.literal('goToCreate') }),
  z.object({ type: z.literal('checkUsername'), username: short }),
  z.object({
    type: z.literal('createAccount'),
    username: short,
    /** Null goes on with the one that main still holds. */
    password: short.nullable(),
    token: short.nullable(),
    email: short.nullish(),
    acceptsTerms: z.boolean(),
  }),
  /** Another of the ways to an account. */
  z.object({ type: z.literal('chooseWay'), index: z.int().min(0).max(100) }),
  z.object({ type: z.literal('checkToken'), token: short }),
  /** What was typed so far. */
  z.object({ type: z.literal('draftEmail'), email: short }),
  z.object({ type: z.literal('resendEmail') }),
  z.object({ type: z.literal('submitCode'), code: short }),
  /** Opens the page of a stage in the browser. */
  z.object({ type: z.literal('openStage'), stage: key }),
  /** `picture`: a square JPEG or PNG in base64, null for none. */
  z.object({
    type: z.literal('saveProfile'),
    name: short,
    picture: z.string().max(1_400_000).nullable(),
  }),
  z.object({ type: z.literal('skipProfile') }),
  z.object({ type: z.literal('lookUpId'), text: short }),
  z.object({ type: z.literal('signIn'), id: short, password: short }),
  /** On to the homeserver's own page, where it takes no password here. */
  z.object({ type: z.literal('signInInBrowser') }),
  /** The same by somebody who vouches for the newcomer; null for the homeserver's own page. */
  z.object({ type: z.literal('signInWith'), provider: key.nullable() }),
  z.object({ type: z.literal('openPageAgain') }),
  /** A code for another device, or a new one. */
  z.object({ type: z.literal('showCode') }),
  /** The browser on this computer, also once more. */
  z.object({ type: z.literal('useBrowser') }),
  /** Places of the answers chosen, of all that the community's question has. */
  z.object({
    type: z.literal('answerQuestion'),
    question: z.int().min(0).max(2),
    answers: z.array(z.int().min(0).max(19)).max(20),
  }),
  /** On to the rooms, whether or not anything was answered. */
  z.object({ type: z.literal('showRooms') }),
  z.object({ type: z.literal('agreeToRules'), isOn: z.boolean() }),
  z.object({ type: z.literal('setPreset'), preset: presetId }),
  z.object({ type: z.literal('toggleRooms'), keys: z.array(key).max(MOST_ROOMS), isOn: z.boolean() }),
  /** Before, during and after joining. */
  z.object({ type: z.literal('setQuiet'), isOn: z.boolean() }),
  z.object({ type: z.literal('setKnockReason'), text: z.string().max(500) }),
  z.object({ type: z.literal('keepSignIn'), inFile: z.boolean() }),
  z.object({ type: z.literal('startJoining') }),
  z.object({ type: z.literal('pause') }),
  z.object({ type: z.literal('resume') }),
  /** The homeserver has ended the session in the middle of joining. */
  z.object({ type: z.literal('signInAgain') }),
  /** Opens the question whether to stop for good. */
  z.object({ type: z.literal('askToStop') }),
  /** Opens the question whether to leave everything again that was joined. */
  z.object({ type: z.literal('askToLeave') }),
  z.object({ type: z.literal('leaveAll') }),
  /** Stays in the rooms that aren't left yet. */
  z.object({ type: z.literal('stopLeaving') }),
  /** Closes a question without doing anything. */
  z.object({ type: z.literal('dismiss') }),
  z.object({ type: z.literal('stopAndSignOut') }),
  z.object({ type: z.literal('retryRooms'), keys: z.array(key).max(MOST_ROOMS) }),
  /** Withdraws the request to be let into a room. */
  z.object({ type: z.literal('takeBackKnock'), key }),
  /** To the front doors, with the account if there is one. */
  z.object({ type: z.literal('addAnother') }),
  /** Ends the session from the front doors. */
  z.object({ type: z.literal('signOut') }),
])
export type UserEvent = z.infer<typeof userEventSchema>
