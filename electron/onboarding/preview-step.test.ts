import { expect, test } from 'vitest'
import { next } from '../../core/onboarding/next.ts'
import type { OnboardingEvent } from '../../core/onboarding/flow-events.ts'
import type { OnboardingState } from '../../core/onboarding/state.ts'
import { fail, succeed } from '../../core/result.ts'
import { community, room } from '../../core/testing/communities.ts'
import { states } from '../../core/testing/states.ts'
import { json, scripted } from '../../matrix/testing/scripted-fetch.ts'
import type { Pass } from './pass.ts'
import { Preview } from './preview-step.ts'

/** A look around with homeservers that answer or don't, and a clock that is pushed on by hand. */
function look(): {
  readonly state: () => OnboardingState
  readonly asked: string[]
  readonly waits: number[]
  readonly wake: () => void
  readonly answer: () => void
  readonly dispatch: (event: OnboardingEvent) => void
} {
  let state: OnboardingState = states.preview
  let isUp = false
  let wake = (): void => undefined
  const waits: number[] = []
  const { fetch } = scripted(({ url }) =>
    url.pathname.includes('/directory/')
      ? json({ room_id: '!x:up.example', servers: [] })
      : json({ room_id: '!x:up.example', name: 'Seen', num_joined_members: 3, join_rule: 'public' }),
  )
  const asked: string[] = []
  const find = async (name: string) => {
    asked.push(name)
    return isUp ? succeed(`https://${name}`) : fail('noServer')
  }
  const dispatch = (event: OnboardingEvent): void => {
    state = next(state, event)
  }
  const pass = {
    ports: {
      strangers: { fetch, homeservers: { find } },
      clock: {
        sleep: (milliseconds: number) =>
          new Promise<void>((resolve) => {
            waits.push(milliseconds)
            wake = resolve
          }),
      },
    },
    get state() {
      return state
    },
    dispatch,
    run: (work: Promise<void>) => void work,
  } as unknown as Pass
  if (state.step !== 'preview') throw new Error('not the preview')
  const rooms = [room('#one:down.example'), room('#two:down.example')]
  dispatch({ type: 'checkAgain' })
  new Preview(pass).look(community(rooms))
  return {
    state: () => state,
    asked,
    waits,
    wake: () => wake(),
    answer: () => {
      isUp = true
    },
    dispatch,
  }
}

test('when nobody answers, it is asked again by itself after longer and longer waits until somebody does', async () => {
  const { state, waits, wake, answer } = look()
  await expect.poll(() => waits).toEqual([5_000])
  expect(state()).toMatchObject({ phase: 'offline' })
  wake()
  await expect.poll(() => waits).toEqual([5_000, 10_000])
  expect(state()).toMatchObject({ phase: 'offline' })
  answer()
  wake()
  await expect.poll(state).toMatchObject({ phase: 'answered' })
  expect(waits).toHaveLength(2)
})

test('nobody is asked again once the newcomer has gone elsewhere', async () => {
  const { state, asked, waits, wake, answer, dispatch } = look()
  await expect.poll(() => waits).toHaveLength(1)
  dispatch({ type: 'back' })
  answer()
  const before = asked.length
  wake()
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(state()).toMatchObject({ step: 'welcome' })
  expect(asked).toHaveLength(before)
  expect(waits).toHaveLength(1)
})
