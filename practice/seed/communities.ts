import { auxolotl } from './auxolotl.ts'
import { derse } from './derse.ts'
import { galaxy } from './galaxy.ts'
import { mathesar } from './mathesar.ts'
import { oddRooms } from './odd-rooms.ts'
import type { CommunitySeed } from './room-seed.ts'

/** Every community of the practice world. */
export const communities: readonly CommunitySeed[] = [galaxy, mathesar, derse, auxolotl, oddRooms]
