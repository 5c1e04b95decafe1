import brandFile from '../assets/brand.json' with { type: 'json' }
import { brandSchema, type Brand } from '../matrix/account/oauth/brand.ts'

/** What the app tells servers about itself, from the one file that says it. */
export const brand: Brand = brandSchema.parse(brandFile)
