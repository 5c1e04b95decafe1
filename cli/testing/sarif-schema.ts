import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import Ajv from 'ajv-draft-04'
import addFormats from 'ajv-formats'
import type { Log } from 'sarif'

const require = createRequire(import.meta.url)

/*
 * The standard's own schema (2.1.0 RTM 5), which is all that this package is used for. It is of JSON Schema's draft 4,
 * and one of its patterns has a bracket that is none in regular expressions with the Unicode flag.
 */
const schemaPath = require.resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json')
const ajv = new Ajv({ strict: false, unicodeRegExp: false, allErrors: true })
addFormats.default(ajv)
const isLog = ajv.compile<Log>(JSON.parse(readFileSync(schemaPath, 'utf8')))

/** What the standard refuses about a log, a line for each; empty where it is as it should be. */
export function sarifProblems(log: unknown): string[] {
  if (!isLog(log))
    return (isLog.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`)
  return log.runs.flatMap(({ tool, results, originalUriBaseIds }) => {
    // Said in the standard's text only: a result's rule is the one that its index leads to (3.27.6), rules are unique
    // (3.19.23), and a base that is named is there (3.4.4) and ends in a slash (3.14.14).
    const rules = tool.driver.rules ?? []
    const bases = originalUriBaseIds ?? {}
    const isUnique = new Set(rules.map((each) => each.id)).size === rules.length
    const used = (results ?? []).flatMap((each) =>
      (each.locations ?? []).flatMap(
        ({ physicalLocation }) => physicalLocation?.artifactLocation?.uriBaseId ?? [],
      ),
    )
    return [
      ...(isUnique ? [] : ['a rule twice']),
      ...(results ?? [])
        .filter((each) => rules[each.ruleIndex ?? -1]?.id !== each.ruleId)
        .map((each) => `another rule than ${each.ruleId ?? ''} at ${each.ruleIndex ?? -1}`),
      ...used.filter((base) => !(base in bases)).map((base) => `no base ${base}`),
      ...Object.values(bases).flatMap(({ uri }) =>
        uri?.endsWith('/') ? [] : [`${uri ?? ''} without a slash`],
      ),
    ]
  })
}

/** The log in a text. Throws what the standard refuses about it. */
export function sarifIn(text: string): Log {
  const log: unknown = JSON.parse(text)
  const problems = sarifProblems(log)
  if (problems.length > 0) throw new Error(problems.join('\n'))
  return log as Log
}
