import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { action, checkStep, runAction } from '../testing/run-action.ts'
import { sarifIn } from '../testing/sarif-schema.ts'

const root = join(import.meta.dirname, '../..')

test(
  'the action’s own script: annotations, SARIF, an exit code, and nothing in an input is run',
  { timeout: 60_000 },
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'foyer-action-'))
    const name = 'a $(touch planted) b.json'
    const rooms = [{ address: '#a:b.c', lobby: true }, { address: '#a:b.c' }]
    writeFileSync(
      join(folder, name),
      JSON.stringify({ version: 2, name: 'A', space: { address: '#s:b.c' }, rooms }),
    )
    const inputs = { COMMUNITY: `${name}\n`, STRICT: 'true', SARIF: 'found.sarif' }
    const { exit, stdout } = await runAction(folder, inputs)
    expect(stdout).toContain(
      '::error file=a $(touch planted) b.json,line=1,title=A room is listed twice (room-twice)::',
    )
    expect(exit).toBe(3)
    const log = sarifIn(readFileSync(join(folder, 'found.sarif'), 'utf8'))
    expect(log.runs[0]?.results).toHaveLength(1)
    expect(() => readFileSync(join(folder, 'planted'))).toThrow('ENOENT')
    rmSync(folder, { recursive: true })
  },
)

test('inputs reach the script by environment only, and the example uses those there are', () => {
  expect(checkStep?.run).not.toContain('${{')
  const used = Object.values(checkStep?.env ?? {}).map((value) => /inputs\.(\w+)/.exec(value)?.[1] ?? '')
  expect(new Set(used)).toEqual(new Set(Object.keys(action.inputs)))
  const workflow = parse(readFileSync(join(root, 'docs/check-workflow.yml'), 'utf8')) as {
    jobs: { check: { steps: { uses: string; with?: object }[] } }
  }
  const own = workflow.jobs.check.steps.find((each) => each.uses.startsWith('OWNER/foyer@'))
  for (const input of Object.keys(own?.with ?? {})) expect(action.inputs).toHaveProperty(input)
})
