import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { checkFacts } from '../../core/checking/check-facts.ts'
import { checkManifestText } from '../../core/checking/check-manifest.ts'
import { factsOf, roomReport } from '../../core/testing/facts.ts'
import { sarifIn, sarifProblems } from '../testing/sarif-schema.ts'
import { changesOf, githubOf, jsonOf, textOf } from './formats.ts'
import { reportJsonSchema, reportOf, reportSchema, type Checked } from './report.ts'
import { sarifOf } from './sarif.ts'

const planted = 'Roses%0A::error::x, "a":b\u202E [click](https://x.example) {0}'
const text = JSON.stringify(
  {
    version: 2,
    name: 'A',
    rooms: [
      { address: '#a:b.c', label: 'Lobby', lobby: true },
      { address: '#a:b.c', label: planted },
      { address: 'nonsense' },
    ],
  },
  undefined,
  1,
)

function checkedOf(name = 'communities/größe, 1.json'): Checked {
  const { findings } = checkManifestText(text)
  const facts = factsOf([roomReport('#a:b.c')], { isSignedIn: false })
  const more = checkFacts(facts, null).map((each) => ({ ...each, line: null }))
  return { name, kind: 'manifest', community: 'A', findings: [...findings, ...more], facts, fixed: [] }
}

const link: Checked = { ...checkedOf('#a:b.c'), kind: 'link' }
const clean: Checked = { ...checkedOf(), findings: [], facts: null }

describe('formats', () => {
  test('SARIF fits its schema, also for links and for nothing at all', () => {
    for (const all of [[checkedOf(), link], [clean], []]) {
      const log = sarifIn(sarifOf(all, '0.1.0', '/home/ada/garden club'))
      expect(log.runs[0]?.results).toHaveLength(all.flatMap((each) => each.findings).length)
    }
  })

  test('SARIF names file and line, and shows what others wrote as plain text', () => {
    const log = sarifIn(sarifOf([checkedOf()], '0.1.0', '/home/ada'))
    const results = log.runs[0]?.results ?? []
    const twoNames = results.find((each) => each.ruleId === 'two-names')
    expect(twoNames?.locations?.[0]?.physicalLocation).toEqual({
      artifactLocation: { uri: 'communities/gr%C3%B6%C3%9Fe%2C%201.json', uriBaseId: 'ROOT' },
      region: { startLine: 10 },
    })
    expect(twoNames?.message.text).toContain(String.raw`\[click\](https://x.example) {{0}}`)
    expect(new Set(results.map((each) => Object.values(each.partialFingerprints ?? {})[0])).size).toBe(
      results.length,
    )
  })

  test('the SARIF schema refuses what the standard refuses', () => {
    const log = sarifIn(sarifOf([checkedOf()], '0.1.0', '/'))
    const [run] = log.runs
    if (run === undefined) throw new Error('no run')
    const [result] = run.results ?? []
    expect(sarifProblems({ ...log, version: '2.0.0' })).not.toEqual([])
    expect(sarifProblems({ ...log, more: 1 })).not.toEqual([])
    expect(sarifProblems({ ...log, runs: [{ ...run, results: [{ ...result, message: {} }] }] })).toContain(
      "/runs/0/results/0/message must have required property 'text'",
    )
    const uri = { physicalLocation: { artifactLocation: { uri: 'größe, 1.json' } } }
    expect(sarifProblems({ ...log, runs: [{ ...run, results: [{ ...result, locations: [uri] }] }] })).toEqual(
      [expect.stringContaining('must match format "uri-reference"')],
    )
    expect(sarifProblems({ ...log, runs: [{ ...run, results: [{ ...result, ruleIndex: 1 }] }] })).toEqual([
      `another rule than ${result?.ruleId ?? ''} at 1`,
    ])
  })

  test('GitHub: one command a line, whatever a manifest says', () => {
    const lines = githubOf([checkedOf(), link]).trimEnd().split('\n')
    expect(lines).toHaveLength(checkedOf().findings.length * 2 + 1)
    expect(lines.slice(0, -1).every((line) => /^::(error|warning|notice) [^\n]*::/.test(line))).toBe(true)
    expect(lines.find((line) => line.includes('(two-names)'))).toMatch(
      /^::error file=communities\/größe%2C 1\.json,line=10,title=[^:,]+::.*Roses%250A::error::x/,
    )
  })

  test('JSON fits its schema, which is published', () => {
    const report = reportOf([checkedOf(), link, clean], 3)
    expect(reportSchema.parse(JSON.parse(jsonOf(report)))).toEqual(report)
    expect(report.targets[0]?.facts?.rooms).toMatchObject([
      { address: '#a:b.c', standing: { 'one.example': 'here' } },
    ])
    const path = join(import.meta.dirname, '../../docs/check-report.schema.json')
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(JSON.parse(JSON.stringify(reportJsonSchema())))
  })

  test('text: a line each, coloured only on request', () => {
    const shown = textOf([checkedOf(), { ...clean, fixed: ['Took it away.'] }], false)
    expect(shown).toContain('  10  error    two-names')
    expect(shown).toContain('  fixed  Took it away.\n  nothing found')
    expect(shown).not.toContain('\u001B')
    expect(textOf([checkedOf()], true)).toContain('\u001B[31merror')
    expect(textOf([clean], false)).not.toContain('checks.md')
  })

  test('watching: what came and what went', () => {
    const [before, after] = [checkedOf().findings, []]
    const missing = {
      id: 'room-missing',
      severity: 'error',
      message: 'Gone.',
      path: [],
      address: '#a:b.c',
      server: null,
      line: null,
    } as const
    expect(changesOf(before, [...before, missing], 0)).toContain('  new     room-missing  Gone.')
    expect(changesOf([missing], after, 0)).toMatch(/nothing found\n {2}solved {2}room-missing {2}Gone\.\n$/)
  })
})
