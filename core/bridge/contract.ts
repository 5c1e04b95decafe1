import { z } from 'zod'
import type { FoundInstitution } from '../homeservers/search.ts'
import { userEventSchema } from '../onboarding/events.ts'
import type { OnboardingState } from '../onboarding/state.ts'
import type { BridgeCallName } from './channels.ts'

/** What the screens need to know of the machine. */
export const environmentSchema = z.object({
  /** True in the practice world, which every window must say. */
  isPractice: z.boolean(),
  version: z.string(),
  /** BCP 47 tag of the language to speak. */
  language: z.string(),
  platform: z.enum(['linux', 'darwin', 'win32']),
})
export type Environment = z.infer<typeof environmentSchema>

const foundInstitutionSchema: z.ZodType<FoundInstitution> = z.object({
  name: z.string(),
  city: z.string().exactOptional(),
  country: z.string(),
  server: z.string(),
})

/** How saving a file ended. `path`: where it is now, for the person who chose it. */
const savedSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('saved'), path: z.string() }),
  z.object({ kind: z.literal('cancelled') }),
  z.object({ kind: z.literal('failed') }),
])
export type Saved = z.infer<typeof savedSchema>

/**
 * Every call between the screens and the shell, in one place. Main, preload, the renderer's client and the test
 * double are derived from it, so no channel name is written by hand. `argument` is checked in main on each call.
 */
export const bridgeCalls = {
  /** The current state, for whoever looks once. */
  getState: { argument: z.undefined(), result: z.custom<OnboardingState>() },
  /** Asks for the whole state over `onChange`; changes follow from there. */
  follow: { argument: z.undefined(), result: z.undefined() },
  getEnvironment: { argument: z.undefined(), result: environmentSchema },
  /** Reports what the newcomer did. Answers at once; what follows arrives as states. */
  send: { argument: userEventSchema, result: z.undefined() },
  /** Opens a link in the system browser; only https, matrix and mailto pass. Answers whether it did. */
  openExternal: { argument: z.string().max(4000), result: z.boolean() },
  copyText: { argument: z.string().max(10_000), result: z.undefined() },
  /** Lets the newcomer choose a place and saves the report there; null when they changed their mind. */
  saveReport: { argument: z.enum(['text', 'json']), result: z.string().nullable() },
  /** Lets a maintainer choose a place and saves what was made of their page there. */
  saveManifest: { argument: z.undefined(), result: savedSchema },
  /** Institutions that run a homeserver for their people, by name, city, e-mail address or domain; best first. */
  findInstitutions: { argument: z.string().max(300), result: z.array(foundInstitutionSchema) },
  /** The picture at this address, as its bytes are; null unless it is the one of the community on screen, and can be had. */
  readPicture: {
    argument: z.string().max(2_000),
    result: z.custom<Uint8Array<ArrayBuffer> | null>(),
  },
} as const satisfies Record<BridgeCallName, { argument: z.ZodType; result: z.ZodType }>

/** The functions that the renderer sees as `window.foyer`. */
export type Bridge = {
  readonly [Name in BridgeCallName]: undefined extends z.infer<(typeof bridgeCalls)[Name]['argument']>
    ? () => Promise<z.infer<(typeof bridgeCalls)[Name]['result']>>
    : (
        argument: z.infer<(typeof bridgeCalls)[Name]['argument']>,
      ) => Promise<z.infer<(typeof bridgeCalls)[Name]['result']>>
} & {
  /** Calls back with each change of the state, for a `StateFollower`; the returned function ends that. */
  readonly onChange: (listener: (change: string) => void) => () => void
}
