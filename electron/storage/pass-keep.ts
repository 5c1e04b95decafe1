import type { z } from 'zod'
import { Keep, type OnDamage } from './keep.ts'
import { journalSchema, passSchema, type PassKeep } from './pass-record.ts'

/** Opens the two files of a pass in the profile's folder. */
export function openPassKeep(dir: string, onDamage: OnDamage): PassKeep {
  const read =
    <Content>(schema: z.ZodType<Content>) =>
    (value: unknown): Content | null => {
      const parsed = schema.safeParse(value)
      return parsed.success ? parsed.data : null
    }
  return {
    pass: new Keep(dir, 'pass', read(passSchema), onDamage),
    journal: new Keep(dir, 'journal', read(journalSchema), onDamage),
  }
}
