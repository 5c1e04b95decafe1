import { z } from 'zod'
import { needOf, type SignUpNeed } from '../../core/onboarding/sign-up-ways.ts'

/** A mail on its way, or already confirmed. */
const emailProofSchema = z.object({
  address: z.string(),
  clientSecret: z.string(),
  sid: z.string(),
  /** Rises with each mail, as the homeserver sends none for a number it has seen. */
  attempt: z.int(),
  /** Where a code from the mail goes; null where the mail has a link only. */
  submitUrl: z.string().nullable(),
  /** Wall-clock milliseconds. */
  sentAt: z.number(),
})

/** For reading a registration back from disk. */
export const registrationSchema = z.object({
  baseUrl: z.string(),
  username: z.string(),
  /** The homeserver's name for this attempt; null before its first answer. */
  session: z.string().nullable(),
  /** The flow being followed. */
  stages: z.array(z.string()).readonly(),
  completed: z.array(z.string()).readonly(),
  acceptsTerms: z.boolean(),
  email: emailProofSchema.nullable(),
})

/**
 * A registration under way, enough to go on with it after a restart: user-interactive authentication happens piece by
 * piece. A secret, since whoever holds it can finish it; the password is not in it.
 */
export type Registration = Readonly<z.infer<typeof registrationSchema>>

/** A mail that proves an address. */
export type EmailProof = Readonly<z.infer<typeof emailProofSchema>>

/** A registration that the homeserver has not heard of yet. */
export function newRegistration(baseUrl: string, username: string): Registration {
  return {
    baseUrl,
    username,
    session: null,
    stages: [],
    completed: [],
    acceptsTerms: false,
    email: null,
  }
}

/** What the homeserver has of the things that a person has to bring or do. */
export function fulfilledNeeds({ completed }: Registration): readonly SignUpNeed[] {
  return completed.map(needOf).filter((need) => need !== null)
}

/** Stages still to come. */
export function openStages({ stages, completed }: Registration): readonly string[] {
  return stages.filter((stage) => !completed.includes(stage))
}

/** Stages that are finished on a page of the homeserver's. */
export function pageStages({ stages }: Registration): readonly string[] {
  return stages.filter((stage) => {
    const need = needOf(stage)
    return need !== null && need !== 'token' && need !== 'email'
  })
}
