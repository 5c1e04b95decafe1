import { expect, test } from 'vitest'
import { card } from '../../core/testing/states.ts'
import { askSilentAgain, openSignUp } from './homeserver-step.ts'
import { HomeserverStand, type Behaviour } from './testing/homeserver-stand.ts'

test('a homeserver that does not answer is asked again until it does, and no more once the step is left', async () => {
  const behaviours: Record<string, Behaviour> = { 'up.example': {} }
  const stand = new HomeserverStand(behaviours)
  const cards = ['up.example', 'down.example'].map((name) => card(name, { seconds: { low: 1, high: 1 } }))
  stand.state = { ...stand.state, cards }
  stand.dispatch({ type: 'homeserverChanged', name: 'down.example', change: { probe: 'unreachable' } })
  const asking = askSilentAgain(stand.pass())
  stand.wake()
  await expect.poll(() => [...stand.asked]).toEqual(['down.example'])
  behaviours['down.example'] = {}
  await expect
    .poll(() => {
      stand.wake()
      return stand.state.cards[1]
    })
    .toMatchObject({ probe: 'answered', signUp: 'open' })
  expect(stand.asked).not.toContain('up.example')
  stand.end.abort()
  await asking
})

test('one that answers once more when it is chosen leads to its form, however long that takes', async () => {
  let answer: () => void = () => undefined
  const after = new Promise<void>((resolve) => {
    answer = resolve
  })
  const stand = new HomeserverStand({ 'slow.example': { after } })
  stand.state = { ...stand.state, cards: [card('slow.example')], chosen: 'slow.example' }
  const opening = openSignUp(stand.pass(), stand.state)
  stand.wake()
  await expect.poll(() => stand.state.cards[0]?.probe).toBe('asking')
  answer()
  await opening
  expect(stand.state).toMatchObject({ step: 'createAccount', homeserver: { probe: 'answered' } })
})

test('another one chosen meanwhile is not overtaken', async () => {
  const stand = new HomeserverStand({ 'one.example': {}, 'two.example': {} })
  stand.state = {
    ...stand.state,
    cards: ['one.example', 'two.example'].map((name) => card(name)),
    chosen: 'one.example',
  }
  const opening = openSignUp(stand.pass(), stand.state)
  stand.dispatch({ type: 'chooseHomeserver', name: 'two.example' })
  await opening
  expect(stand.state).toMatchObject({ step: 'homeserver', chosen: 'two.example' })
})

test('one that has stopped answering when it is chosen is said so, and no form is opened', async () => {
  const stand = new HomeserverStand({})
  stand.state = { ...stand.state, cards: [card('down.example')], chosen: 'down.example' }
  await openSignUp(stand.pass(), stand.state)
  expect(stand.state).toMatchObject({ step: 'homeserver', cards: [{ probe: 'unreachable' }] })
})

test('one that makes no accounts any more when it is chosen is said so', async () => {
  const stand = new HomeserverStand({ 'full.example': { isClosed: true } })
  stand.state = { ...stand.state, cards: [card('full.example')], chosen: 'full.example' }
  await openSignUp(stand.pass(), stand.state)
  expect(stand.state).toMatchObject({ step: 'homeserver', cards: [{ probe: 'answered', signUp: 'closed' }] })
})
