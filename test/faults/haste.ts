import type { Haste } from './hurry.ts'

/** Backing off 2 s takes a tenth, and who waits for an answer gives up after three seconds. */
export const HASTE: Haste = { factor: 20, patience: 3_000 }
