import { z } from 'zod'
import { manifestSchema } from './manifest.ts'

/** The published JSON Schema, for editors and other programs. What has to fit together is checked by Foyer alone. */
export function manifestJsonSchema(): object {
  return z.toJSONSchema(manifestSchema, { io: 'input' })
}
