import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parse } from 'yaml'
import { z } from 'zod'

const root = join(import.meta.dirname, '../..')

/** The GitHub Action as its file describes it. */
export const action = z
  .object({
    inputs: z.record(z.string(), z.unknown()),
    runs: z.object({
      using: z.literal('composite'),
      steps: z.array(
        z.object({
          name: z.string().optional(),
          run: z.string().optional(),
          env: z.record(z.string(), z.string()).optional(),
        }),
      ),
    }),
  })
  .parse(parse(readFileSync(join(root, 'action.yml'), 'utf8')))

/** Its step that checks. */
export const checkStep = action.runs.steps.find((each) => each.name === 'Check')

const nothingGiven = { COMMUNITY: '', FROM: '', STRICT: 'false', SARIF: '', HEALTH: '' }

/**
 * Runs the script of that step as GitHub's runners do, in `folder`, with inputs by the names that it has for them;
 * `options` go along to each `foyer check`, so that it finds the practice world.
 */
export async function runAction(
  folder: string,
  inputs: Partial<typeof nothingGiven>,
  options: readonly string[] = [],
): Promise<{ readonly exit: number; readonly stdout: string; readonly stderr: string }> {
  const actionPath = options.length === 0 ? root : join(folder, 'action')
  if (actionPath !== root) {
    mkdirSync(join(actionPath, 'cli'), { recursive: true })
    const program = JSON.stringify(pathToFileURL(join(root, 'cli/foyer.mjs')).href)
    writeFileSync(
      join(actionPath, 'cli/foyer.mjs'),
      `process.argv.push(...${JSON.stringify(options)})\nawait import(${program})\n`,
    )
  }
  const path = `${join(process.execPath, '..')}:${process.env['PATH'] ?? ''}`
  const child = spawn(
    'bash',
    ['--noprofile', '--norc', '-e', '-o', 'pipefail', '-c', checkStep?.run ?? 'exit 99'],
    {
      cwd: folder,
      stdio: 'pipe',
      env: { ...nothingGiven, ...inputs, PATH: path, GITHUB_ACTION_PATH: actionPath },
    },
  )
  let [stdout, stderr] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk))
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk))
  child.stdin.end()
  const [exit] = (await once(child, 'close')) as [number]
  return { exit, stdout, stderr }
}
