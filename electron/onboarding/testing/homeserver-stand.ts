import type { OnboardingEvent } from '../../../core/onboarding/flow-events.ts'
import { next } from '../../../core/onboarding/next.ts'
import type { HomeserverState } from '../../../core/onboarding/state.ts'
import type { Candidate } from '../../../core/homeservers/candidates.ts'
import { fail, succeed } from '../../../core/result.ts'
import { community, room } from '../../../core/testing/communities.ts'
import { states } from '../../../core/testing/states.ts'
import { RoomPlaces } from '../../../matrix/homeserver/room-places.ts'
import { json, scripted } from '../../../matrix/testing/scripted-fetch.ts'
import type { Pass } from '../pass.ts'
import { Suggestions } from '../suggestions.ts'

const rooms = Array.from({ length: 30 }, (_, index) => room(`#${index}:rooms.example`))
const club = community(rooms)

/** How a homeserver of the test behaves; one without an entry doesn't answer. */
export interface Behaviour {
  readonly isIn?: boolean
  readonly isClosed?: boolean
  /** Answers only after this. */
  readonly after?: Promise<void>
}

/** The step on which homeservers are chosen, among those of the test. */
export class HomeserverStand {
  state: HomeserverState = {
    ...(states.homeserver as HomeserverState),
    community: club,
    cards: [],
    chosen: null,
  }
  /** The names on screen, each time they changed. */
  readonly shown: string[][] = []
  readonly asked = new Set<string>()
  readonly end = new AbortController()
  #wake: () => void = () => undefined
  readonly #behaviours: Readonly<Record<string, Behaviour>>

  /** What `behaviours` holds may change on the way. */
  constructor(behaviours: Readonly<Record<string, Behaviour>>) {
    this.#behaviours = behaviours
  }

  /** Time passes until nobody is waited for any more. */
  wake(): void {
    this.#wake()
  }

  /** Suggests some of `all`, the likeliest first. */
  suggest(all: readonly Candidate[]): Promise<void> {
    return new Suggestions(this.pass(), club, all).ask()
  }

  dispatch(event: OnboardingEvent): void {
    this.state = next(this.state, event) as HomeserverState
    const names = this.state.cards.map((card) => card.name)
    if (names.join() !== this.shown.at(-1)?.join()) this.shown.push(names)
  }

  /** With nothing but what homeservers are asked through. */
  pass(): Pass {
    const { fetch } = scripted(({ url }) => {
      const behaviour = this.#behaviours[url.hostname] ?? {}
      if (url.pathname.includes('/directory/'))
        return json({ room_id: '!x', servers: behaviour.isIn ? [url.hostname] : ['rooms.example'] })
      if (url.pathname.endsWith('/register'))
        return behaviour.isClosed
          ? json({ errcode: 'M_FORBIDDEN' }, 403)
          : json({ flows: [{ stages: ['m.login.dummy'] }], params: {} }, 401)
      if (url.pathname.endsWith('/login')) return json({ flows: [{ type: 'm.login.password' }] })
      return json({ errcode: 'M_UNRECOGNIZED' }, 404)
    })
    const sleep = (_: number, signal: AbortSignal): Promise<void> =>
      new Promise((resolve) => {
        this.#wake = resolve
        signal.addEventListener('abort', () => resolve())
      })
    const find = async (name: string) => {
      this.asked.add(name)
      const behaviour = this.#behaviours[name]
      await behaviour?.after
      return behaviour === undefined ? fail('noServer') : succeed(`https://${name}`)
    }
    const state = (): HomeserverState => this.state
    return {
      ports: {
        fetch,
        homeservers: { find },
        strangers: { fetch, homeservers: { find } },
        roomPlaces: new RoomPlaces(fetch, () => 0),
        catalogue: { publicServers: () => [], institutions: () => [], software: () => [] },
        clock: { sleep },
      },
      get state() {
        return state()
      },
      dispatch: (event: OnboardingEvent) => this.dispatch(event),
      stepSignal: this.end.signal,
      run: (work: Promise<void>) => void work,
    } as unknown as Pass
  }
}
