import { z } from 'zod'
import { publicServersSchema } from '../../core/homeservers/catalogue.ts'
import type { KeptList } from '../homeservers/public-list.ts'
import { Keep, type OnDamage } from './keep.ts'

const schema = z.object({ askedAt: z.number(), list: publicServersSchema.nullable() })

/** Opens the file of the refreshed list of homeservers in the profile's folder. */
export function openListKeep(dir: string, onDamage: OnDamage): KeptList {
  return new Keep(
    dir,
    'homeservers',
    (value) => {
      const parsed = schema.safeParse(value)
      return parsed.success ? parsed.data : null
    },
    onDamage,
  )
}
