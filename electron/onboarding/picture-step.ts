import type { OnboardingState } from '../../core/onboarding/state.ts'
import { fetchCommunityPicture } from '../../matrix/communities/community-picture.ts'
import type { OnboardingPorts } from './ports.ts'

/** The picture of the community on screen, fetched once for as long as it is that one's. */
export class PictureStep {
  readonly #ports: Pick<OnboardingPorts, 'strangers'>
  #address: string | null = null
  #picture: Promise<Uint8Array<ArrayBuffer> | null> = Promise.resolve(null)
  #end = new AbortController()

  constructor(ports: Pick<OnboardingPorts, 'strangers'>) {
    this.#ports = ports
  }

  /** The picture at `address`; null where it can't be shown, and for any that isn't the one of the community in `state`. */
  async read(state: OnboardingState, address: string): Promise<Uint8Array<ArrayBuffer> | null> {
    if (!('community' in state) || state.community.picture !== address) return null
    if (this.#address !== address) {
      this.stop()
      this.#end = new AbortController()
      this.#address = address
      this.#picture = fetchCommunityPicture(this.#ports.strangers, address, this.#end.signal)
    }
    const { signal } = this.#end
    const picture = await this.#picture
    // Whoever asks later may have more luck.
    if (picture === null && this.#end.signal === signal) this.#address = null
    return picture
  }

  stop(): void {
    this.#end.abort()
    this.#address = null
  }
}
