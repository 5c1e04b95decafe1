import { candidatesFor } from '../../core/homeservers/candidates.ts'
import { isUsable } from '../../core/homeservers/ranking.ts'
import type { HomeserverState } from '../../core/onboarding/state.ts'
import type { Result } from '../../core/result.ts'
import { askAboutFound, askCandidate, carefully, probe } from './homeserver-flow.ts'
import type { Pass } from './pass.ts'
import { Suggestions } from './suggestions.ts'
import { findInstitution, findTyped, type NotFound, type TypedHomeserver } from './typed-homeserver.ts'

/** Lists the homeservers to choose from, and tells of each what it answers. */
export async function askHomeservers(pass: Pass, state: HomeserverState): Promise<void> {
  if (state.cards.length > 0) return completeCards(pass, state)
  const passedOver = new Set(state.round?.passedOver)
  const all = candidatesFor(state.community, pass.ports.catalogue.publicServers())
  const candidates = all.filter(({ name }) => !passedOver.has(name))
  await new Suggestions(pass, state.community, candidates).ask()
}

// Back on the screen: what was known stays, what was still missing is asked for.
async function completeCards(pass: Pass, { cards, community }: HomeserverState): Promise<void> {
  const { ports, stepSignal: signal } = pass
  const missing = cards.filter((card) => card.probe !== 'answered' || card.seconds === null)
  await Promise.all(
    missing.map((card) => {
      // One that has answered was found before, perhaps because it was typed.
      const asking = card.probe === 'answered' ? ports : carefully(ports)
      return askCandidate(asking, { name: card.name, origin: 'hint' }, community, signal, (change) => {
        if (!signal.aborted) pass.dispatch({ type: 'homeserverChanged', name: card.name, change })
      })
    }),
  )
}

/** Finds the homeserver that was typed, and asks it the same as the others. */
export async function findAnother(
  pass: Pass,
  community: HomeserverState['community'],
  text: string,
): Promise<void> {
  await showFound(pass, community, findTyped(pass.ports, community, text))
}

/** Finds the homeserver of an institution that was picked, where the newcomer is to sign in. */
export async function chooseInstitution(
  pass: Pass,
  community: HomeserverState['community'],
  institution: { readonly name: string; readonly server: string },
): Promise<void> {
  await showFound(pass, community, findInstitution(pass.ports, institution.name, institution.server))
}

async function showFound(
  pass: Pass,
  community: HomeserverState['community'],
  search: Promise<Result<TypedHomeserver, NotFound>>,
): Promise<void> {
  const { ports } = pass
  const signal = AbortSignal.any([pass.stepSignal, pass.newLookUp()])
  const found = await search
  if (signal.aborted) return
  if (!found.ok) return pass.dispatch({ type: 'anotherFailed', ...found.reason })
  const { card, own, probed } = found.value
  pass.dispatch({ type: 'anotherFound', card, own, acceptsPassword: probed.acceptsPassword })
  if (pass.state.step !== 'homeserver') return
  await askAboutFound(ports, card.name, probed, community, pass.stepSignal, (change) => {
    if (pass.state.step === 'homeserver')
      pass.dispatch({ type: 'homeserverChanged', name: card.name, change })
  })
}

/** Opens the form for a new account on the chosen homeserver. */
export async function openSignUp(pass: Pass, state: HomeserverState): Promise<void> {
  const card = state.cards.find((each) => each.name === state.chosen)
  if (card === undefined || !isUsable(card)) return
  const { stepSignal: signal } = pass
  // Asked for again here: the newcomer accepts what the server says now.
  const probed = await probe(pass.ports, card.name)
  if (signal.aborted) return
  const { policies, acceptsPassword } = probed.ok ? probed.value : { policies: [], acceptsPassword: false }
  pass.dispatch({ type: 'signUpOpened', homeserver: card, policies, acceptsPassword })
}
