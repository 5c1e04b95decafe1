import type { MatrixClient } from 'matrix-js-sdk'
import { z } from 'zod'
import { isAlias, type RoomAddress } from '../core/addresses/room-address.ts'
import type { Manifest } from '../core/communities/read-manifest.ts'
import { readManifestText } from '../core/communities/manifest-text.ts'
import { bytesOf, MAX_SPACE_MANIFEST, SPACE_MANIFEST } from '../core/communities/space-manifest.ts'
import { sessionClient } from '../matrix/client.ts'
import { failureOf, type RequestFailure } from '../matrix/http/matrix-error.ts'
import { getPublicPage } from '../matrix/http/public-page.ts'
import { endSession, enter, findHome } from './entrance.ts'
import { exitCodes, Failure } from './failure.ts'
import type { LeaveSetting } from './leave.ts'
import { openNetwork, type Network } from './network.ts'
import type { PublishOptions } from './publish-arguments.ts'
import { readSecret } from './secret.ts'
import { bundledPath, readManifestFile } from './source.ts'

const createSchema = z.object({ type: z.string().optional() })
const contentSchema = z.record(z.string(), z.unknown())

/** A manifest that is to be published, or the place of one that is to be taken back. */
interface Publication {
  readonly space: RoomAddress
  /** As the manifest names it, which has to be the same space; null where it names none. */
  readonly named: RoomAddress | null
  readonly content: Record<string, unknown>
}

/**
 * `foyer publish`: writes a manifest into its space, or takes it back, and gives the exit code. Throws a `Failure` where
 * that can't be.
 */
export async function publish(options: PublishOptions, setting: LeaveSetting): Promise<number> {
  const { notice, interruption, tell } = setting
  const { signal } = interruption
  const network = await openNetwork(options.proxy, options.caPath)
  const publication = await prepare(options, network)
  const secret = await readSecret(setting.input, options.secret, signal)
  const home = await findHome(network, options.homeserver, signal)
  const session = await enter(network, home, options, secret, signal, notice)
  try {
    const client = sessionClient(session, network.fetch)
    await write(client, publication, session.userId)
  } finally {
    if (options.secret === 'password') await endSession(network, session, options.homeserver, signal, notice)
  }
  const { address } = publication.space
  tell(
    options.isRemoved
      ? `Taken back. ${address} says nothing about itself any more.`
      : `Published in ${address}. A plain link to it now brings all of it.`,
  )
  return exitCodes.allJoined
}

async function prepare(options: PublishOptions, network: Network): Promise<Publication> {
  const { community } = options
  if (community === null) {
    if (options.space === null) throw new Failure('usage', 'Say which space, with --space.')
    return { space: options.space, named: null, content: {} }
  }
  const absent = `“${community}” is neither a file nor a bundled community.`
  const { manifest, value } = readManifestFile(bundledPath(community) ?? community, absent)
  const named = manifest.space ?? null
  const space = options.space ?? named
  if (space === null)
    throw new Failure('usage', 'The manifest names no space. Say where to publish it, with --space.')
  if (options.isRemoved) return { space, named, content: {} }
  if (options.url !== null) {
    await look(network, options.url, manifest)
    return { space, named, content: { url: options.url } }
  }
  // Without its space a manifest isn't believed, as it could stand anywhere.
  const file = contentSchema.parse(value)
  const content = named === null ? { ...file, space } : file
  const size = bytesOf(content)
  if (size > MAX_SPACE_MANIFEST)
    throw new Failure(
      'usage',
      `The manifest has ${size.toLocaleString('en')} bytes, and a space takes ${MAX_SPACE_MANIFEST.toLocaleString('en')}. Put it on the web, and say where with --url.`,
    )
  return { space, named, content }
}

/** Makes sure that newcomers will find the same manifest on the web. */
async function look(network: Network, url: string, { name, space }: Manifest): Promise<void> {
  if (space === undefined)
    throw new Failure('usage', 'A manifest on the web has to name its space itself, or nobody believes it.')
  const page = await getPublicPage(network.strangers.fetch, network.resolveHost, url, 'application/json, */*')
  if (!page.ok) {
    const why = {
      private: 'leads into a private network',
      missing: 'isn’t there',
      unreachable: 'doesn’t answer',
      tooLarge: 'is larger than any manifest',
    }
    throw new Failure('notFound', `${url} ${why[page.reason]}. Newcomers couldn’t read it.`)
  }
  const found = readManifestText(page.value)
  if (!found.ok || found.value.name !== name || found.value.space?.address !== space.address)
    throw new Failure('notFound', `${url} holds another manifest than the file, or none.`)
}

async function write(client: MatrixClient, publication: Publication, userId: string): Promise<void> {
  const { space, named, content } = publication
  const spaceId = await idOf(client, space)
  if (named !== null && named.address !== space.address && (await idOf(client, named)) !== spaceId)
    throw new Failure('usage', `The manifest is about ${named.address}, which is another space.`)
  const { joined_rooms: joined } = await asked(client.getJoinedRooms(), space)
  if (!joined.includes(spaceId))
    throw new Failure('notFound', `${userId} isn’t in ${space.address}. Join it first, then publish.`)
  const create = createSchema.safeParse(
    await asked(client.getStateEvent(spaceId, 'm.room.create', ''), space),
  )
  if (create.data?.type !== 'm.space')
    throw new Failure('usage', `${space.address} is a room. A manifest stands in the space above its rooms.`)
  // The library's types know the events of the specification only.
  const sendState = client.sendStateEvent.bind(client) as (
    roomId: string,
    type: string,
    content: object,
    stateKey: string,
  ) => Promise<unknown>
  await asked(sendState(spaceId, SPACE_MANIFEST, content, ''), space)
}

async function idOf(client: MatrixClient, { address }: RoomAddress): Promise<string> {
  if (!isAlias(address)) return address
  const { room_id: roomId } = await asked(client.getRoomIdForAlias(address), { address, via: [] })
  return roomId
}

async function asked<Answer>(request: Promise<Answer>, space: RoomAddress): Promise<Answer> {
  try {
    return await request
  } catch (error) {
    throw problemOf(failureOf(error), space)
  }
}

function problemOf({ httpStatus, errcode, message }: RequestFailure, { address }: RoomAddress): Failure {
  if (httpStatus === null || httpStatus >= 500)
    return new Failure('unreachable', 'The homeserver isn’t answering. Try again later.')
  if (httpStatus === 429) return new Failure('unknown', 'The homeserver asks for a rest. Try again later.')
  if (httpStatus === 404) return new Failure('notFound', `There is no space at ${address}.`)
  if (httpStatus === 413 || errcode === 'M_TOO_LARGE')
    return new Failure('usage', 'The manifest is too large for the space. Put it on the web, and use --url.')
  if (httpStatus === 401) return new Failure('signedOut', 'The homeserver has ended this session.')
  if (httpStatus === 403)
    return new Failure(
      'unknown',
      `This account may not change ${address}. Ask one of its admins for the power to change its settings.`,
    )
  return new Failure('unknown', `The homeserver said no (${message || String(httpStatus)}).`)
}
