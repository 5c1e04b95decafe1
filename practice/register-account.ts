import { createHmac } from 'node:crypto'
import { registrationSecret } from './accounts.ts'
import { ACCOUNT_HOST, type ServerName } from './servers.ts'
import { WorldError, type WorldClient } from './world-client.ts'

/** An account to make. Without a password nobody can sign in; its token still works. */
export type NewAccount = {
  readonly username: string
  readonly password?: string
  readonly displayName?: string
  readonly isAdmin?: boolean
}

/**
 * Makes an account by Synapse's admin API, also on a server that is closed, or where the server has delegated its
 * accounts, and returns its access token. Throws a `WorldError` if the name is taken.
 */
export async function registerAccount(
  client: WorldClient,
  server: ServerName,
  account: NewAccount,
): Promise<string> {
  const path = '/_synapse/admin/v1/register'
  const nonce = await nonceOf(client, server, path)
  if (nonce === null) {
    const request = { token: registrationSecret, body: account }
    return String((await client.request(ACCOUNT_HOST, '/practice/accounts', request))['access_token'])
  }
  const { username, password = crypto.randomUUID(), isAdmin = false } = account
  const signed = [nonce, username, password, isAdmin ? 'admin' : 'notadmin'].join('\0')
  const mac = createHmac('sha1', registrationSecret).update(signed).digest('hex')
  const body = {
    nonce,
    username,
    password,
    admin: isAdmin,
    mac,
    displayname: account.displayName ?? username,
  }
  const answer = await client.request(server, path, { body })
  return String(answer['access_token'])
}

/** Null where the server makes no accounts itself. */
async function nonceOf(client: WorldClient, server: ServerName, path: string): Promise<string | null> {
  try {
    return String((await client.request(server, path))['nonce'])
  } catch (error) {
    if (error instanceof WorldError && error.status === 404) return null
    throw error
  }
}
