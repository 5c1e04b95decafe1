// Lets a command hurry: node --import ./test/faults/hurry-preload.ts …, with FOYER_HASTE as JSON.
import { hurry, type Haste } from './hurry.ts'

hurry(JSON.parse(process.env['FOYER_HASTE'] ?? '{"factor":20,"patience":3000}') as Haste)
