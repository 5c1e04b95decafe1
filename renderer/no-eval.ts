import { config } from 'zod'

// zod compiles its checks with `new Function` where it may, and finds out by trying, which the content security
// policy refuses and logs. Core's modules bring schemas along, so this must be the first import.
config({ jitless: true })
