import { readFileSync } from 'node:fs'
import { join as joinPath } from 'node:path'
import { readArguments, type Instruction } from './arguments.ts'
import type { CheckOptions } from './check-arguments.ts'
import { Failure } from './failure.ts'
import { Interruption } from './interruption.ts'
import type { ImportOptions } from './import-arguments.ts'
import type { JoinOptions } from './join-arguments.ts'
import type { LeaveSetting } from './leave.ts'
import type { LeaveOptions } from './leave-arguments.ts'
import { jsonOutput, plainOutput, terminalOutput, type Output } from './output.ts'
import type { PublishOptions } from './publish-arguments.ts'
import { resumeCommand } from './resume-command.ts'

const words = process.argv.slice(2)
await run(readArguments(words, version()))

async function run(instruction: Instruction): Promise<void> {
  switch (instruction.kind) {
    case 'join':
      return runJoin(instruction.options)
    case 'check':
      return runCheck(instruction.options)
    case 'import':
      return runImport(instruction.options)
    case 'leave':
      return runLeave(instruction.options)
    case 'publish':
      return runPublish(instruction.options)
    case 'link': {
      const { makeLink } = await import('./link.ts')
      return print(() => makeLink(instruction.options))
    }
    case 'page': {
      const { makePage } = await import('./link.ts')
      return print(() => makePage(instruction.options))
    }
    case 'say': {
      const to = instruction.exit === 0 ? process.stdout : process.stderr
      to.write(instruction.text)
      return end(instruction.exit)
    }
  }
}

/** For commands that answer at once. */
function print(make: () => string): void {
  try {
    process.stdout.write(make())
    end(0)
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    process.stderr.write(`${error.message}\n`)
    end(error.exit)
  }
}

async function runCheck(options: CheckOptions): Promise<void> {
  const interruption = new Interruption((exit) => process.exit(exit))
  interruption.listen()
  process.stdout.on('error', () => interruption.ask('SIGHUP'))
  const { check } = await import('./checking/check.ts')
  end(
    await check(options, { input: process.stdin, out: process.stdout, error: process.stderr, interruption }),
  )
}

async function runImport(options: ImportOptions): Promise<void> {
  const { importCommand } = await import('./import.ts')
  try {
    await importCommand(options, { input: process.stdin, out: process.stdout, error: process.stderr })
    end(0)
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    process.stderr.write(`${error.message}\n`)
    end(error.exit)
  }
}

async function runJoin(options: JoinOptions): Promise<void> {
  const interruption = new Interruption((exit) => process.exit(exit))
  interruption.listen()
  // Whoever reads along has gone, as after `| head`: that is a wish to stop.
  process.stdout.on('error', () => interruption.ask('SIGHUP'))
  // Only now, as the library for Matrix takes a moment to load.
  const { join } = await import('./join.ts')
  const ending = await join(options, { input: process.stdin, output: outputFor(options), interruption })
  if (ending.journalPath !== null) {
    process.stderr.write(`Go on with:\n  ${resumeCommand(words, ending.journalPath)}\n`)
  }
  end(ending.exit)
}

async function runLeave(options: LeaveOptions): Promise<void> {
  const { leaveAll } = await import('./leave.ts')
  return talk((setting) => leaveAll(options, setting))
}

async function runPublish(options: PublishOptions): Promise<void> {
  const { publish } = await import('./publish.ts')
  return talk((setting) => publish(options, setting))
}

/** For commands that sign in, do one thing, and say in lines how it went. */
async function talk(work: (setting: LeaveSetting) => Promise<number>): Promise<void> {
  const interruption = new Interruption((exit) => process.exit(exit))
  interruption.listen()
  try {
    const exit = await work({
      input: process.stdin,
      tell: (line) => process.stdout.write(`${line}\n`),
      notice: (sentence) => process.stderr.write(`${sentence}\n`),
      interruption,
    })
    end(exit)
  } catch (error) {
    if (interruption.signal.aborted) return end(interruption.exit)
    if (!(error instanceof Failure)) throw error
    process.stderr.write(`${error.message}\n`)
    end(error.exit)
  }
}

function outputFor({ isJson }: JoinOptions): Output {
  const { stdout, stderr } = process
  if (isJson) return jsonOutput(stdout, stderr, Date.now)
  return stdout.isTTY ? terminalOutput(stdout, stderr, Date.now) : plainOutput(stdout, stderr)
}

function version(): string {
  const text = readFileSync(joinPath(import.meta.dirname, '../package.json'), 'utf8')
  return String((JSON.parse(text) as { version: unknown }).version)
}

// Connections that are kept open for more requests would keep the process too. What was written goes out first.
function end(exit: number): void {
  process.stdout.write('', () => process.stderr.write('', () => process.exit(exit)))
}
