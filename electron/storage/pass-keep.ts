import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { z } from 'zod'
import { JournalKeep } from './journal-keep.ts'
import { Keep, type OnDamage } from './keep.ts'
import { passSchema, type PassKeep } from './pass-record.ts'

/** Opens the two files of a pass in the profile's folder. */
export function openPassKeep(dir: string, onDamage: OnDamage): PassKeep {
  removeHalfWritten(dir)
  const read =
    <Content>(schema: z.ZodType<Content>) =>
    (value: unknown): Content | null => {
      const parsed = schema.safeParse(value)
      return parsed.success ? parsed.data : null
    }
  return {
    pass: new Keep(dir, 'pass', read(passSchema), onDamage),
    journal: new JournalKeep(dir, onDamage),
  }
}

// A crash in the middle of writing leaves a temporary file behind, and it may hold a token.
function removeHalfWritten(dir: string): void {
  if (!existsSync(dir)) return
  for (const name of readdirSync(dir)) {
    if (/^(pass\.json\.tmp-|journal\.jsonl\.part$)/.test(name)) rmSync(join(dir, name), { force: true })
  }
}
