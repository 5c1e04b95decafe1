import type { HomeserverState } from '../../core/onboarding/state.ts'
import { findHomeserver, fitOf, probeCard, suggestedCards } from './homeserver-flow.ts'
import type { Pass } from './pass.ts'

/** Lists the homeservers to choose from, and tells of each what it answers. */
export async function askHomeservers(pass: Pass, state: HomeserverState): Promise<void> {
  const { ports, stepSignal: signal } = pass
  const cards = state.cards.length > 0 ? state.cards : suggestedCards(state.community)
  if (state.cards.length === 0) pass.dispatch({ type: 'homeserversListed', cards })
  await Promise.all(
    cards.map(async (card) => {
      const {
        policies: _,
        acceptsPassword: __,
        ...change
      } = card.probe === 'answered'
        ? { ...card, policies: [], acceptsPassword: true }
        : await probeCard(ports, card.name)
      if (signal.aborted) return
      pass.dispatch({ type: 'homeserverChanged', name: card.name, change })
      const probed = { ...card, ...change }
      if (probed.baseUrl === null || probed.roomsHere !== null) return
      const fit = await fitOf(ports, { ...probed, baseUrl: probed.baseUrl }, state.community, signal)
      if (!signal.aborted) pass.dispatch({ type: 'homeserverChanged', name: card.name, change: fit })
    }),
  )
}

/** Finds the homeserver that was typed, and asks it the same as the others. */
export async function findAnother(pass: Pass, text: string): Promise<void> {
  const signal = AbortSignal.any([pass.stepSignal, pass.newLookUp()])
  const found = await findHomeserver(pass.ports, text)
  if (signal.aborted) return
  if (!found.ok) return pass.dispatch({ type: 'anotherFailed', ...found.reason })
  pass.dispatch({ type: 'anotherFound', card: found.value })
  if (pass.state.step === 'homeserver') await askHomeservers(pass, pass.state)
}

/** Opens the form for a new account on the chosen homeserver. */
export async function openSignUp(pass: Pass, state: HomeserverState): Promise<void> {
  const card = state.cards.find((each) => each.name === state.chosen)
  if (card === undefined || card.probe !== 'answered' || card.signUp === 'closed') return
  const { stepSignal: signal } = pass
  // Policies are asked for again here: the newcomer accepts what the server says now.
  const { policies } = await probeCard(pass.ports, card.name)
  if (!signal.aborted) pass.dispatch({ type: 'signUpOpened', homeserver: card, policies })
}
