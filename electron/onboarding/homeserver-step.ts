import { candidatesFor } from '../../core/homeservers/candidates.ts'
import { isUsable } from '../../core/homeservers/ranking.ts'
import type { HomeserverState } from '../../core/onboarding/state.ts'
import type { Result } from '../../core/result.ts'
import { askAgain } from './ask-again.ts'
import {
  answeredBy,
  askAboutFound,
  askCandidate,
  carefully,
  probe,
  type OnChange,
} from './homeserver-flow.ts'
import type { Pass } from './pass.ts'
import { Suggestions } from './suggestions.ts'
import { findInstitution, findTyped, type NotFound, type TypedHomeserver } from './typed-homeserver.ts'

/** Lists the homeservers to choose from, and tells of each what it answers. */
export async function askHomeservers(pass: Pass, state: HomeserverState): Promise<void> {
  await (state.cards.length > 0 ? completeCards(pass, state.cards) : suggest(pass, state))
}

/** Asks homeservers that don't answer again, as long as they are on the screen. */
export async function askSilentAgain(pass: Pass): Promise<void> {
  await askAgain(pass.ports.clock, pass.stepSignal, async () => {
    const { state } = pass
    if (state.step !== 'homeserver') return true
    const silent = state.cards.filter((card) => card.probe === 'unreachable')
    await completeCards(pass, silent)
    return false
  })
}

async function suggest(pass: Pass, state: HomeserverState): Promise<void> {
  const passedOver = new Set(state.round?.passedOver)
  const all = candidatesFor(state.community, pass.ports.catalogue.publicServers())
  const candidates = all.filter(({ name }) => !passedOver.has(name))
  await new Suggestions(pass, state.community, candidates).ask()
}

// Back on the screen: what was known stays, what was still missing is asked for.
async function completeCards(pass: Pass, cards: HomeserverState['cards']): Promise<void> {
  const { ports, state, stepSignal: signal } = pass
  if (state.step !== 'homeserver') return
  const missing = cards.filter((card) => card.probe !== 'answered' || card.seconds === null)
  await Promise.all(
    missing.map((card) => {
      const candidate = { name: card.name, origin: 'hint' } as const
      return askCandidate(
        carefully(ports, card),
        candidate,
        state.community,
        signal,
        telling(pass, card.name),
      )
    }),
  )
}

/** Tells of a homeserver on the screen for as long as that is there. */
function telling(pass: Pass, name: string): OnChange {
  const { stepSignal: signal } = pass
  return (change) => {
    if (!signal.aborted) pass.dispatch({ type: 'homeserverChanged', name, change })
  }
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
  await askAboutFound(ports, card.name, probed, community, pass.stepSignal, telling(pass, card.name))
}

/** So long an answer may take without a word, in milliseconds. */
const UNSAID = 400

/**
 * Opens the form for a new account on the chosen homeserver, or its page. It is asked for its policies once more, as the
 * newcomer accepts what it says now; where it keeps silent or makes no accounts any more, its card says so instead.
 */
export async function openSignUp(pass: Pass, state: HomeserverState): Promise<void> {
  const card = state.cards.find((each) => each.name === state.chosen)
  if (card === undefined || !isUsable(card)) return
  const { name } = card
  const { clock } = pass.ports
  const { stepSignal: signal } = pass
  const tell = telling(pass, name)
  const answered = new AbortController()
  const say = async (): Promise<void> => {
    await clock.sleep(UNSAID, AbortSignal.any([signal, answered.signal]))
    if (!answered.signal.aborted) tell({ probe: 'asking' })
  }
  pass.run(say())
  const ports = carefully(pass.ports, card)
  const first = await probe(ports, name)
  // It has just answered, so that one hiccup is nothing to tell of.
  const probed = first.ok || signal.aborted ? first : await probe(ports, name)
  answered.abort()
  const change = probed.ok ? answeredBy(probed.value) : ({ probe: 'unreachable' } as const)
  tell(change)
  const homeserver = { ...card, ...change }
  const isWanted = !signal.aborted && pass.state.step === 'homeserver' && pass.state.chosen === name
  if (!probed.ok || !isUsable(homeserver) || !isWanted) return
  const { policies, acceptsPassword } = probed.value
  pass.dispatch({ type: 'signUpOpened', homeserver, policies, acceptsPassword })
}
