import { readJoinedFile, type JoinedFile } from './joined-record.ts'
import { Keep, type OnDamage } from './keep.ts'
import type { Kept } from './pass-record.ts'

/** Opens the file of joined communities in the profile's folder. */
export function openJoinedKeep(dir: string, onDamage: OnDamage): Kept<JoinedFile> {
  return new Keep(dir, 'communities', readJoinedFile, onDamage)
}
