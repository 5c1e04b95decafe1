import { z } from 'zod'
import { isServerName } from '../addresses/room-address.ts'

const name = z.string().min(1).max(200)
const serverName = z.string().max(255).refine(isServerName, 'not a server name')
const date = z.string().regex(/^\d{4}(-\d{2}(-\d{2})?)?$/)
const country = z.string().regex(/^[A-Z]{2}$/)
/** Where a fact comes from: an address, or a few words. Without a date where the source has none. */
const sourced = { source: z.string().min(1).max(500), sourceDate: date.optional() }

const publicServer = z.object({
  name: serverName,
  operator: name.optional(),
  /** ISO 3166 code of the country it is run from. */
  country: country.optional(),
  /** In years, where its own rules state one. */
  minimumAge: z.int().min(10).max(30).optional(),
  rules: z
    .string()
    .max(2000)
    .regex(/^https:\/\/\S+$/)
    .optional(),
  /** Open to people from anywhere, by its source. Others serve to recognise what somebody types. */
  isSuggested: z.boolean(),
  ...sourced,
})

/** The list of public homeservers, best known first. Hints alone: each is probed before anything is said of it. */
export const publicServersSchema = z.object({
  version: z.literal(1),
  date,
  /** Where a newer copy of this list may be had; null while it is published nowhere. */
  refreshFrom: z
    .string()
    .max(2000)
    .regex(/^https:\/\/\S+$/)
    .nullable(),
  servers: z.array(publicServer).min(1).max(500),
})
export type PublicServers = z.infer<typeof publicServersSchema>
export type PublicServer = z.infer<typeof publicServer>

const institution = z.object({
  name,
  /** Other names people look for. */
  also: z.array(name).max(20).default([]),
  city: name.optional(),
  country,
  /** Domains of its web pages and e-mail addresses. */
  domains: z.array(serverName).min(1).max(20),
  server: serverName,
  /** A password typed into Foyer, or a page of the institution's in the browser. */
  signIn: z.enum(['password', 'browser']).optional(),
  /** What the institution calls the account that people sign in with. */
  account: name.optional(),
  ...sourced,
})

/** Institutions that run a homeserver for their own people. */
export const institutionsSchema = z.object({
  version: z.literal(1),
  date,
  institutions: z.array(institution).min(1).max(5000),
})
export type Institution = z.infer<typeof institution>

const versionText = z.string().regex(/^\d+(\.\d+)*$/)

/** Homeserver software: the newest version known, and from which one on it isn't long out of date. */
export const softwareSchema = z.object({
  version: z.literal(1),
  date,
  software: z.array(z.object({ name, latest: versionText, outdatedBelow: versionText, ...sourced })).max(100),
})
export type KnownSoftware = z.infer<typeof softwareSchema>['software'][number]
