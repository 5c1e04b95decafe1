import { Command, CommanderError } from 'commander'
import { defineCheck, type CheckOptions } from './check-arguments.ts'
import { exitCodes } from './failure.ts'
import { defineImport, type ImportOptions } from './import-arguments.ts'
import { defineJoin, type JoinOptions } from './join-arguments.ts'
import { defineLeave, type LeaveOptions } from './leave-arguments.ts'
import { defineLink, definePage, type LinkOptions, type PageOptions } from './link-arguments.ts'
import { definePublish, type PublishOptions } from './publish-arguments.ts'

/** What a command line amounts to: something to do, or something to say and an exit code. */
export type Instruction =
  | { readonly kind: 'join'; readonly options: JoinOptions }
  | { readonly kind: 'check'; readonly options: CheckOptions }
  | { readonly kind: 'import'; readonly options: ImportOptions }
  | { readonly kind: 'leave'; readonly options: LeaveOptions }
  | { readonly kind: 'link'; readonly options: LinkOptions }
  | { readonly kind: 'page'; readonly options: PageOptions }
  | { readonly kind: 'publish'; readonly options: PublishOptions }
  | { readonly kind: 'say'; readonly text: string; readonly exit: 0 | 2 }

/** Reads the command line, without the program's name. Never throws for what people type. */
export function readArguments(words: readonly string[], version: string): Instruction {
  let said = ''
  let instruction: Instruction | null = null
  const choose = (chosen: Instruction): void => {
    instruction = chosen
  }
  const say = (text: string): void => {
    said += text
  }
  const program = new Command('foyer')
    .description('Takes a newcomer into a Matrix community in one pass.')
    .version(version)
    .exitOverride()
    .configureOutput({ writeOut: say, writeErr: say })
  defineJoin(program, (options) => choose({ kind: 'join', options }))
  defineCheck(program, (options) => choose({ kind: 'check', options }))
  defineImport(program, (options) => choose({ kind: 'import', options }))
  defineLeave(program, (options) => choose({ kind: 'leave', options }))
  defineLink(program, (options) => choose({ kind: 'link', options }))
  definePage(program, (options) => choose({ kind: 'page', options }))
  definePublish(program, (options) => choose({ kind: 'publish', options }))
  try {
    program.parse([...words], { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    // Commander ends help and version with 0, everything else is the person's slip.
    const exit = error.exitCode === 0 ? exitCodes.allJoined : exitCodes.usage
    return { kind: 'say', text: said, exit }
  }
  return instruction ?? { kind: 'say', text: said, exit: 2 }
}
