import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { z } from 'zod'
import {
  institutionsSchema,
  publicServersSchema,
  softwareSchema,
  type Institution,
  type KnownSoftware,
  type PublicServer,
} from '../../core/homeservers/catalogue.ts'
import { PublicList, type KeptList } from './public-list.ts'

/** What Foyer knows of homeservers before it asks them. Everything here is a hint. */
export interface Catalogue {
  publicServers(): readonly PublicServer[]
  institutions(): readonly Institution[]
  software(): readonly KnownSoftware[]
}

/** The bundled lists, each read when it is first needed; the public one may have been refreshed since. */
export class BundledCatalogue implements Catalogue {
  readonly publicList: PublicList
  readonly #read: {
    readonly institutions: () => readonly Institution[]
    readonly software: () => readonly KnownSoftware[]
  }

  /** `dir` holds the lists as they are bundled. Throws when the public one is broken, which is a broken build. */
  constructor(dir: string, kept: KeptList) {
    const file = <Schema extends z.ZodType>(name: string, schema: Schema): z.infer<Schema> =>
      schema.parse(JSON.parse(readFileSync(join(dir, name), 'utf8')))
    this.publicList = new PublicList(file('public.json', publicServersSchema), kept)
    this.#read = {
      institutions: once(() => file('institutions.json', institutionsSchema).institutions),
      software: once(() => file('software.json', softwareSchema).software),
    }
  }

  publicServers(): readonly PublicServer[] {
    return this.publicList.servers
  }

  institutions(): readonly Institution[] {
    return this.#read.institutions()
  }

  software(): readonly KnownSoftware[] {
    return this.#read.software()
  }
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | null = null
  return () => (made ??= { value: make() }).value
}
