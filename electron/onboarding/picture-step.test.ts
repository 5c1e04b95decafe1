import { expect, test } from 'vitest'
import { firstState } from '../../core/onboarding/moves.ts'
import type { OnboardingState } from '../../core/onboarding/state.ts'
import { onePixel } from '../../core/testing/pictures.ts'
import { states } from '../../core/testing/states.ts'
import { amongStrangers } from '../../matrix/homeserver/strangers.ts'
import { scripted } from '../../matrix/testing/scripted-fetch.ts'
import { PictureStep } from './picture-step.ts'

const address = 'https://club.example/sign.png'
const png = new Uint8Array(Buffer.from(onePixel.png, 'base64'))

function showing(picture: string | null): OnboardingState {
  const { preview } = states
  if (preview.step !== 'preview') throw new Error('not the preview')
  return { ...preview, community: { ...preview.community, picture } }
}

test('is fetched once for the community on screen, and never for another address', async () => {
  const { fetch, asked } = scripted(() => new Response(png))
  const step = new PictureStep({ strangers: amongStrangers(fetch, null) })
  expect(await step.read(showing(address), 'https://other.example/')).toBeNull()
  expect(await step.read(showing(null), address)).toBeNull()
  expect(await step.read(firstState, address)).toBeNull()
  expect(asked).toEqual([])
  expect(await step.read(showing(address), address)).toEqual(png)
  expect(await step.read(showing(address), address)).toEqual(png)
  expect(asked).toHaveLength(1)
})

test('is asked for again where it couldn’t be had', async () => {
  const { fetch } = scripted((_request, nth) => new Response(nth === 0 ? 'none' : png))
  const step = new PictureStep({ strangers: amongStrangers(fetch, null) })
  expect(await step.read(showing(address), address)).toBeNull()
  expect(await step.read(showing(address), address)).toEqual(png)
})

test('is given up once another community is looked at', async () => {
  const signals: AbortSignal[] = []
  const { fetch } = scripted(({ url, signal }) => {
    if (url.href !== address) return new Response(png)
    return new Promise((_resolve, reject) => {
      if (signal !== null) signals.push(signal)
      signal?.addEventListener('abort', () => reject(new TypeError('aborted')))
    })
  })
  const step = new PictureStep({ strangers: amongStrangers(fetch, null) })
  const first = step.read(showing(address), address)
  await expect.poll(() => signals.length).toBe(1)
  const other = 'https://other.example/sign.png'
  expect(await step.read(showing(other), other)).toEqual(png)
  expect(await first).toBeNull()
  expect(signals[0]?.aborted).toBe(true)
  // The one that was given up takes nothing from its follower.
  expect(await step.read(showing(other), other)).toEqual(png)
})
