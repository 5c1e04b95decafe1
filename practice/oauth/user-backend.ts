import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { registrationSecret } from '../accounts.ts'
import type { NewAccount } from '../register-account.ts'
import type { WorldClient, WorldRequest } from '../world-client.ts'
import type { ServerName } from '../servers.ts'

/** Why an account can't be made, in words for the sign-up page. */
export type SignUpRefusal = 'taken' | 'weakPassword'

const SHORTEST_PASSWORD = 8

/** A token that is not of a grant: of the administrator, the steward, or somebody whom a test has made. */
type PlainToken = { readonly username: string; readonly deviceId: string | null; readonly isAdmin: boolean }

/**
 * People and their passwords, and the homeserver that learns of them over the channel that Synapse opens for the
 * Matrix Authentication Service (`/_synapse/mas`).
 */
export type UserBackend = {
  readonly signUp: (username: string, password: string) => Promise<SignUpRefusal | null>
  readonly isPasswordOf: (username: string, password: string) => boolean
  /** Makes an account outside any flow and returns a token of its first session. */
  readonly create: (account: NewAccount) => Promise<string>
  readonly plainToken: (token: string) => PlainToken | undefined
  readonly addDevice: (username: string, deviceId: string, name: string) => Promise<void>
  readonly deleteDevice: (username: string, deviceId: string) => Promise<void>
}

/** Who is there from the start. */
export type KnownPeople = {
  readonly passwords: ReadonlyMap<string, string>
  readonly tokens: ReadonlyMap<string, PlainToken>
}

/** Opens the channel to one homeserver, on which `known` have accounts already. */
export function createUserBackend(
  client: WorldClient,
  homeserver: ServerName,
  known: KnownPeople,
): UserBackend {
  const passwords = new Map(known.passwords)
  const tokens = new Map(known.tokens)
  const ask = (path: string, request: WorldRequest = {}) =>
    client.request(homeserver, `/_synapse/mas/${path}`, { ...request, token: registrationSecret })
  const isFree = async (localpart: string): Promise<boolean> =>
    ask(`is_localpart_available?localpart=${encodeURIComponent(localpart)}`).then(
      () => true,
      () => false,
    )
  const provision = async (localpart: string, password: string | undefined, name = localpart) => {
    await ask('provision_user', { body: { localpart, set_displayname: name } })
    if (password !== undefined) passwords.set(localpart, password)
  }
  const addDevice = async (username: string, deviceId: string, name: string) => {
    await ask('upsert_device', { body: { localpart: username, device_id: deviceId, display_name: name } })
  }
  return {
    async signUp(username, password) {
      if (!/^[a-z0-9._=/-]+$/.test(username) || !(await isFree(username))) return 'taken'
      if (password.length < SHORTEST_PASSWORD) return 'weakPassword'
      await provision(username, password)
      return null
    },
    isPasswordOf: (username, password) => passwords.get(username) === password,
    async create({ username, password, displayName, isAdmin = false }) {
      if (!(await isFree(username))) throw new Error(`${username} is taken`)
      await provision(username, password, displayName)
      const deviceId = randomBytes(5).toString('hex').toUpperCase()
      await addDevice(username, deviceId, 'Practice')
      const token = `mct_${randomBytes(20).toString('hex')}`
      tokens.set(token, { username, deviceId, isAdmin })
      return token
    },
    plainToken: (token) => tokens.get(token),
    addDevice,
    async deleteDevice(username, deviceId) {
      await ask('delete_device', { body: { localpart: username, device_id: deviceId } })
    },
  }
}

/** What a test posts to make an account; see `register-account.ts`. */
export const newAccountSchema = z.object({
  username: z.string(),
  password: z.string().exactOptional(),
  displayName: z.string().exactOptional(),
  isAdmin: z.boolean().exactOptional(),
})
