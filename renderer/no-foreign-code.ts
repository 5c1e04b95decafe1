import { config } from 'zod'

// The page's policy refuses code made from text. Zod would try, once for all, whether that is so.
config({ jitless: true })
