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
