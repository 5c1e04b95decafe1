import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkFacts } from '../../core/checking/check-facts.ts'
import type { Facts } from '../../core/checking/facts.ts'
import { inOrder } from '../../core/checking/check-manifest.ts'
import { checkWorkshop } from '../../core/checking/check-workshop.ts'
import { countsOf } from '../../core/checking/finding.ts'
import { isForPages } from '../../core/checking/check-page.ts'
import { mend } from '../../core/checking/fix.ts'
import type { CheckOptions } from '../check-arguments.ts'
import { exitCodes, Failure, Interrupted, systemCodeOf } from '../failure.ts'
import { fetchPage, resolveHost } from '../fetch-page.ts'
import type { Interruption } from '../interruption.ts'
import type { Sink } from '../output.ts'
import { sleep } from '../../matrix/clock.ts'
import type { Online } from './ask.ts'
import { changesOf, githubOf, jsonOf, textOf } from './formats.ts'
import { reportOf, type Checked } from './report.ts'
import { sarifOf } from './sarif.ts'
import { homeserversFor, manifestTarget, readTarget, type Target } from './target.ts'
import { notMendedText, progressText } from './words.ts'

/** The world around a check. */
export interface CheckSetting {
  readonly input: NodeJS.ReadStream
  readonly out: Sink & { readonly isTTY?: boolean }
  readonly error: Sink & { readonly isTTY?: boolean }
  readonly interruption: Interruption
}

/** Checks, and says what it found. Never rejects; returns the exit code. */
export async function check(options: CheckOptions, setting: CheckSetting): Promise<number> {
  const { error, interruption } = setting
  try {
    const run = new Run(options, setting)
    return await run.work()
  } catch (thrown) {
    if (interruption.signal.aborted) return interruption.exit
    if (thrown instanceof Failure) {
      error.write(`${thrown.message}\n`)
      return thrown.exit
    }
    const detail = thrown instanceof Error ? thrown.message : String(thrown)
    error.write(`Something went wrong inside Foyer: ${detail}\n`)
    return exitCodes.failed
  }
}

class Run {
  readonly #options: CheckOptions
  readonly #setting: CheckSetting
  readonly #signal: AbortSignal
  #online: Promise<Online> | null = null

  constructor(options: CheckOptions, setting: CheckSetting) {
    this.#options = options
    this.#setting = setting
    this.#signal = setting.interruption.signal
  }

  async work(): Promise<number> {
    const { everyMinutes } = this.#options
    // All of them before anybody is asked for a token.
    let before = await this.#once(await this.#read())
    const { exit } = this.#print(before)
    if (everyMinutes === null) return exit
    for (;;) {
      await sleep(everyMinutes * 60_000, this.#signal)
      if (this.#signal.aborted) throw new Interrupted()
      const targets = await this.#readAgain()
      if (targets === null) continue
      const now = await this.#once(targets)
      const findingsOf = (all: readonly Checked[]) => all.flatMap((each) => each.findings)
      this.#setting.error.write(changesOf(findingsOf(before), findingsOf(now), Date.now()))
      before = now
    }
  }

  async #read(): Promise<Target[]> {
    const all: Target[] = []
    for (const name of this.#options.targets) all.push(await readTarget(name, (url) => this.#getPage(url)))
    return all
  }

  // A page that is away for a moment is no reason to stop watching.
  async #readAgain(): Promise<Target[] | null> {
    try {
      return await this.#read()
    } catch (thrown) {
      if (this.#signal.aborted || !(thrown instanceof Failure) || thrown.reason !== 'unreachable')
        throw thrown
      this.#setting.error.write(`${thrown.message}\n`)
      return null
    }
  }

  async #getPage(address: string): Promise<string> {
    const { proxy, caPath } = this.#options
    const { openNetwork } = await import('../network.ts')
    const { fetch } = await openNetwork(proxy, caPath)
    return fetchPage(address, fetch, proxy === null ? resolveHost : null, this.#signal)
  }

  async #once(targets: readonly Target[]): Promise<Checked[]> {
    const all: Checked[] = []
    for (const target of targets) {
      all.push(await this.#check(target))
      this.#signal.throwIfAborted()
    }
    const [only] = all
    const { healthPath } = this.#options
    if (healthPath !== null && only !== undefined) {
      const { writeHealth } = await import('./health.ts')
      writeHealth(healthPath, only)
    }
    return all
  }

  async #check(named: Target): Promise<Checked> {
    const { workshop } = this.#options
    if (this.#options.isFixing && !canBeMended(named)) this.#setting.error.write(notMendedText(named.name))
    const { target, fixed } = this.#options.isFixing ? fix(named) : { target: named, fixed: [] }
    const from = homeserversFor(target, this.#options)
    const facts = from.length === 0 ? null : await this.#ask(target, from)
    const draft = target.kind !== 'link' ? target.check.draft : null
    const more = [
      ...(facts === null ? [] : checkFacts(facts, draft)),
      ...(workshop === null ? [] : checkWorkshop(workshop, facts)),
    ]
    const lineOf = target.kind !== 'link' ? target.check.lineOf : () => null
    const said = target.kind === 'page' ? more.filter((each) => isForPages(each.id)) : more
    const placed = said.map((each) => ({ ...each, line: each.path.length === 0 ? null : lineOf(each.path) }))
    const own = target.kind !== 'link' ? target.check.findings : []
    return {
      name: target.name,
      kind: target.kind,
      community: draft?.name ?? facts?.space?.details?.name ?? target.name,
      findings: inOrder([...own, ...placed]),
      facts,
      fixed,
    }
  }

  #print(all: readonly Checked[]): { exit: 0 | 3 } {
    const { format, isStrict } = this.#options
    const { out } = this.#setting
    const counts = countsOf(all.flatMap((each) => each.findings))
    const isBad = counts.error > 0 || (isStrict && counts.warning > 0)
    const exit = isBad ? exitCodes.findings : exitCodes.allJoined
    const texts = {
      text: () => textOf(all, out.isTTY === true && !process.env['NO_COLOR']),
      json: () => jsonOf(reportOf(all, exit)),
      sarif: () => sarifOf(all, version(), process.cwd()),
      github: () => githubOf(all),
    }
    out.write(texts[format]())
    return { exit }
  }

  async #ask(target: Target, from: readonly string[]): Promise<Facts | null> {
    const { askAbout, openOnline } = await import('./ask.ts')
    this.#online ??= openOnline(this.#options, this.#setting.input, this.#signal)
    const facts = await askAbout(target, {
      ...(await this.#online),
      from,
      asksSignUp: this.#options.workshop !== null,
      signal: this.#signal,
      onProgress: (done, of) => this.#progress(progressText(done, of)),
    })
    this.#progress('')
    return facts
  }

  // On a terminal only, and never among what programs read.
  #progress(text: string): void {
    const { error } = this.#setting
    if (error.isTTY) error.write(`\r\u001B[K${text}`)
  }
}

function fix(target: Target): { target: Target; fixed: readonly string[] } {
  if (target.kind !== 'manifest' || target.path === null) return { target, fixed: [] }
  const { text, changes } = mend(target.text)
  if (changes.length === 0) return { target, fixed: [] }
  try {
    writeFileSync(target.path, text)
  } catch (error) {
    throw new Failure('usage', `${target.path} can’t be written (${systemCodeOf(error)}).`)
  }
  return { target: manifestTarget(target.path, text), fixed: changes }
}

function canBeMended(target: Target): boolean {
  return target.kind === 'link' || (target.kind === 'manifest' && target.path !== null)
}

function version(): string {
  const text = readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8')
  return String((JSON.parse(text) as { version: unknown }).version)
}
