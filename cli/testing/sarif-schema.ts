import { z } from 'zod'

/*
 * The part of SARIF 2.1.0 (OASIS, with errata 01) that Foyer writes, as strict as the standard's own schema: no other
 * property is allowed there either, indexes and lines have their lower bounds, URIs their form (sections 3.13 to 3.34).
 */

const message = z.strictObject({ text: z.string().min(1) })
const multiformat = z.strictObject({ text: z.string().min(1), markdown: z.string().optional() })
const level = z.enum(['none', 'note', 'warning', 'error'])
const uriReference = z.string().regex(/^[\w\-.~:/?#[\]@!$&'()*+,;=%]+$/)
const absoluteUri = uriReference.regex(/^[a-z][a-z0-9+.-]*:/)
const version = z.string().regex(/^\d+\.\d+\.\d+(-[\w.-]+)?(\+[\w.-]+)?$/)

const location = z.strictObject({
  physicalLocation: z.strictObject({
    artifactLocation: z.strictObject({ uri: uriReference, uriBaseId: z.string().optional() }),
    region: z.strictObject({ startLine: z.int().min(1) }).optional(),
  }),
})

const rule = z.strictObject({
  id: z.string(),
  shortDescription: multiformat,
  fullDescription: multiformat,
  help: multiformat,
  defaultConfiguration: z.strictObject({ level }),
})

const result = z.strictObject({
  ruleId: z.string(),
  ruleIndex: z.int().min(-1),
  level,
  message,
  locations: z.array(location),
  partialFingerprints: z.record(z.string(), z.string()),
})

const run = z
  .strictObject({
    tool: z.strictObject({
      driver: z.strictObject({ name: z.string(), semanticVersion: version, rules: z.array(rule) }),
    }),
    originalUriBaseIds: z.record(z.string(), z.strictObject({ uri: absoluteUri.endsWith('/') })),
    columnKind: z.enum(['utf16CodeUnits', 'unicodeCodePoints']),
    results: z.array(result),
  })
  // Beyond the standard's JSON Schema, said in its text: a result's rule is the one that its index leads to (3.27.6),
  // rules are unique (3.19.23), and a base that is named is there (3.4.4).
  .refine(({ tool, results }) =>
    results.every((each) => tool.driver.rules[each.ruleIndex]?.id === each.ruleId),
  )
  .refine(({ tool }) => new Set(tool.driver.rules.map((each) => each.id)).size === tool.driver.rules.length)
  .refine(({ results, originalUriBaseIds }) =>
    results.every((each) =>
      each.locations.every(({ physicalLocation: { artifactLocation } }) =>
        artifactLocation.uriBaseId === undefined ? true : artifactLocation.uriBaseId in originalUriBaseIds,
      ),
    ),
  )

/** A SARIF 2.1.0 log as Foyer writes it. */
export const sarifSchema = z.strictObject({
  $schema: absoluteUri,
  version: z.literal('2.1.0'),
  runs: z.array(run),
})
