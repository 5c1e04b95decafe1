// Lets a command hurry: node --import ./test/faults/hurry-preload.ts …
import { HASTE } from './haste.ts'
import { hurry } from './hurry.ts'

hurry(null, HASTE)
