import { correct, type Correction } from '../../core/adding/corrections.ts'
import { pageAddressIn } from '../../core/adding/page-address.ts'
import { draftOf, manifestOf, pageOf, type PageDraft } from '../../core/adding/page-draft.ts'
import type { AddingPage, PageProblem } from '../../core/adding/page-state.ts'
import { communityFromManifest } from '../../core/communities/community.ts'
import { idFrom } from '../../core/communities/names.ts'
import { readManifest } from '../../core/communities/read-manifest.ts'
import { MAX_PAGE_LENGTH } from '../../core/importing/import-page.ts'
import type { HandedPage } from '../../core/onboarding/events.ts'
import { getPublicPage } from '../../matrix/http/public-page.ts'
import { openCommunity } from './link-step.ts'
import type { Pass } from './pass.ts'
import type { PageToRead } from './ports.ts'

const ACCEPT = 'text/markdown, text/html;q=0.9, text/plain;q=0.8, */*;q=0.1'
/** Pages may come from slow places, in milliseconds. */
const PATIENCE = 30_000

/** A manifest as it is saved. */
export interface WrittenManifest {
  readonly id: string
  readonly text: string
}

/** Makes a manifest of a maintainer's page. What was read and put right is kept until another page takes its place. */
export class AddingStep {
  readonly #pass: Pass
  #draft: PageDraft | null = null
  #turn = 0
  #end = new AbortController()

  constructor(pass: Pass) {
    this.#pass = pass
  }

  /** Shows what was read before, if anything was. */
  enter(): void {
    if (this.#draft !== null) this.#show(pageOf(this.#draft))
  }

  /** Reads what was handed in. A reading under way is given up for it. */
  async open(page: HandedPage): Promise<void> {
    this.#begin()
    const { signal } = this.#end
    const address = page.kind === 'typed' ? pageAddressIn(page.text) : null
    if (address !== null) return this.#fetch(address, signal)
    if (page.kind === 'typed') {
      if (page.text.trim() === '') return this.#refuse('badAddress', null)
      return this.#read({ content: page.text, origin: { name: '' } }, null, signal)
    }
    if (page.bytes === null) return this.#refuse('tooLarge', page.name)
    return this.#read({ content: page.bytes, origin: { name: page.name } }, page.name, signal)
  }

  /** Gives up what is under way; what was read before is gone, too. */
  cancel(): void {
    this.#begin()
  }

  /** Takes a correction in. */
  correct(correction: Correction): void {
    if (this.#draft === null) return
    this.#draft = {
      ...this.#draft,
      corrections: correct(this.#draft.corrections, correction),
      isShared: false,
    }
    this.#show(pageOf(this.#draft))
  }

  /** Opens what was made of the page as any other community. */
  tryOut(): void {
    const manifest = this.#draft === null ? null : manifestOf(this.#draft)
    const read = manifest === null ? null : readManifest(manifest)
    if (read?.ok !== true) return
    this.share()
    openCommunity(this.#pass, communityFromManifest(read.value))
  }

  /** Its maintainer is as far as to try it or pass it on. */
  share(): void {
    if (this.#draft === null || this.#draft.isShared) return
    this.#draft = { ...this.#draft, isShared: true }
    this.#show(pageOf(this.#draft))
  }

  /** The manifest as it stands; null where there is none that Foyer would read. */
  written(): WrittenManifest | null {
    const manifest = this.#draft === null ? null : manifestOf(this.#draft)
    if (manifest === null || !readManifest(manifest).ok) return null
    return { id: idFrom(manifest.name), text: `${JSON.stringify(manifest, undefined, 2)}\n` }
  }

  #begin(): void {
    this.#end.abort()
    this.#end = new AbortController()
    this.#draft = null
  }

  async #fetch(address: string, signal: AbortSignal): Promise<void> {
    const { strangers, resolveHost } = this.#pass.ports
    if (!/^https:/i.test(address) || !URL.canParse(address)) return this.#refuse('badAddress', address)
    this.#work('fetching', address)
    const limits = { maxBytes: MAX_PAGE_LENGTH, timeoutMs: PATIENCE }
    const page = await getPublicPage(strangers.fetch, resolveHost, address, ACCEPT, signal, limits).catch(
      () => null,
    )
    if (signal.aborted || page === null) return
    if (!page.ok) return this.#refuse(page.reason, address)
    const origin = { name: new URL(address).pathname, url: address }
    return this.#read({ content: page.value, origin }, address, signal)
  }

  async #read(page: PageToRead, source: string | null, signal: AbortSignal): Promise<void> {
    this.#work('reading', source)
    const reading = await this.#pass.ports.readPage(page, signal)
    if (signal.aborted) return
    if (!reading.ok) return this.#refuse(reading.reason, source)
    this.#turn += 1
    this.#draft = draftOf(reading.value, source, this.#turn)
    if (this.#draft === null) return this.#refuse('noRooms', source)
    this.#show(pageOf(this.#draft))
  }

  #work(kind: 'fetching' | 'reading', source: string | null): void {
    this.#show({ kind, source, since: this.#pass.ports.clock.wall() })
  }

  #refuse(problem: PageProblem, source: string | null): void {
    this.#show({ kind: 'none', problem, source })
  }

  #show(page: AddingPage): void {
    this.#pass.dispatch({ type: 'pageChanged', page })
  }
}
