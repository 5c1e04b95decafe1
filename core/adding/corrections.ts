import { z } from 'zod'
import { isRoomId, parseRoomLink, type RoomAddress } from '../addresses/room-address.ts'
import { plainLine } from '../text/plain-text.ts'

const address = z.string().max(255)

/** One thing that a maintainer puts right in what was found on their page. */
export const correctionSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('name'), text: z.string().max(1_000) }),
  z.object({ kind: z.literal('summary'), text: z.string().max(2_000) }),
  /** An address in any of its forms, or an empty text for none. */
  z.object({ kind: z.literal('space'), text: z.string().max(2_000) }),
  z.object({ kind: z.literal('label'), address, text: z.string().max(1_000) }),
  z.object({ kind: z.literal('leaveOut'), address, isOut: z.boolean() }),
])
export type Correction = z.infer<typeof correctionSchema>

/** Everything that was put right so far. */
export interface Corrections {
  readonly name: string
  readonly summary: string
  readonly space: RoomAddress | null
  readonly isSpaceWrong: boolean
  /** By address; an empty one takes the label away. */
  readonly labels: Readonly<Record<string, string>>
  readonly out: readonly string[]
}

/** Takes a correction in. What is longer than the format allows is cut. */
export function correct(before: Corrections, correction: Correction): Corrections {
  switch (correction.kind) {
    case 'name':
      return { ...before, name: plainLine(correction.text).slice(0, 200) }
    case 'summary':
      return { ...before, summary: plainLine(correction.text).slice(0, 300) }
    case 'space':
      return withSpace(before, correction.text)
    case 'label': {
      const label = plainLine(correction.text).slice(0, 200)
      return { ...before, labels: { ...before.labels, [correction.address]: label } }
    }
    case 'leaveOut': {
      const out = before.out.filter((each) => each !== correction.address)
      return { ...before, out: correction.isOut ? [...out, correction.address] : out }
    }
  }
}

function withSpace(before: Corrections, text: string): Corrections {
  if (text.trim() === '') return { ...before, space: null, isSpaceWrong: false }
  const link = parseRoomLink(text)
  // What was there stays until there is something better.
  if (!link.ok) return { ...before, isSpaceWrong: true }
  const { address: found, via } = link.value
  return { ...before, space: { address: found, via: isRoomId(found) ? via : [] }, isSpaceWrong: false }
}
