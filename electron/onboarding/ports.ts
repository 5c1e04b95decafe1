import type { PageReading } from '../../core/adding/page-reading.ts'
import type { Manifest } from '../../core/communities/read-manifest.ts'
import type { PageOrigin } from '../../core/importing/import-page.ts'
import type { Result } from '../../core/result.ts'
import type { Brand } from '../../matrix/account/oauth/brand.ts'
import type { Fetch } from '../../matrix/http/fetch.ts'
import type { ResolveHost } from '../../matrix/http/public-page.ts'
import type { HomeserverDirectory } from '../../matrix/homeserver/discover.ts'
import type { Strangers } from '../../matrix/homeserver/strangers.ts'
import type { RoomPlaces } from '../../matrix/homeserver/room-places.ts'
import type { Catalogue } from '../homeservers/catalogue.ts'
import type { JoinedFile } from '../storage/joined-record.ts'
import type { Kept, KeptToken, PassKeep } from '../storage/pass-record.ts'
import type { WayBack } from './way-back.ts'

/** A community's page, to be read apart from everything else, as it may be anything. */
export interface PageToRead {
  readonly content: string | Uint8Array
  readonly origin: PageOrigin
}

/** Why a page couldn't be read apart from its being out of reach. */
export type ReadingProblem = 'notText' | 'tookTooLong' | 'broke'

/** What the pass needs of the world around it. Nothing of Electron, so it runs in tests as it is. */
export interface OnboardingPorts {
  readonly fetch: Fetch
  readonly homeservers: HomeserverDirectory
  /** For servers that a page, a link or a space names, and nobody in front of the screen. */
  readonly strangers: Strangers
  /** Null where a proxy looks names up, as in the practice world. */
  readonly resolveHost: ResolveHost | null
  readonly roomPlaces: RoomPlaces
  readonly catalogue: Catalogue
  readonly manifests: readonly Manifest[]
  readonly keep: PassKeep
  /** The communities that were joined. */
  readonly joined: Kept<JoinedFile>
  readonly secrets: {
    hasKeyring(): boolean
    seal(token: string, inFile: boolean): KeptToken | null
    unseal(kept: KeptToken): string | null
  }
  /** What the app tells servers about itself. */
  readonly brand: Brand
  /** Opens a page in the system's browser. False where that can't be done. */
  readonly openPage: (url: string) => Promise<boolean>
  /** Lets the browser come back; null where this computer lets nobody in. */
  readonly openWayBack: () => Promise<WayBack | null>
  /** Reads a community's page where it can hold up nothing else. Ends, with `broke`, when `signal` is aborted. */
  readonly readPage: (page: PageToRead, signal: AbortSignal) => Promise<Result<PageReading, ReadingProblem>>
  /** BCP 47 tag of the newcomer's language. */
  readonly language: string
  /** True in the practice world, whose tokens open nothing real and are kept in a file unasked. */
  readonly isPractice: boolean
  readonly clock: {
    /** Wall-clock milliseconds. */
    wall(): number
    /** Milliseconds that never jump. */
    monotonic(): number
    /** Resolves after `ms`, or at once when aborted. */
    sleep(this: void, ms: number, signal: AbortSignal): Promise<void>
  }
  /** One line for the log: names of states and steps, never what people typed. */
  readonly log: (line: string) => void
}
