import brandFile from '../../../assets/brand.json' with { type: 'json' }
import { brandSchema, type Brand } from './brand.ts'

/** What this app tells servers about itself, from the one file that says it. */
export const brand: Brand = brandSchema.parse(brandFile)
