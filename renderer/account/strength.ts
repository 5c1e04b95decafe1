import type { PasswordRules } from '../../core/onboarding/password-rules.ts'

/** How hard a password is to guess: 1 too easy, 4 strong. */
export type Strength = 1 | 2 | 3 | 4

interface Judge {
  readonly strengthOf: (password: string, known: readonly string[]) => Strength
  /** A password that `rules` let pass, by chance alone. */
  readonly suggest: (rules: PasswordRules) => string
}

let judge: Promise<Judge> | null = null

/** The password judge. Its word lists are large, so they are loaded when a password field first needs them. */
export function loadJudge(): Promise<Judge> {
  judge ??= createJudge()
  return judge
}

const WORDS = 5

async function createJudge(): Promise<Judge> {
  const [{ ZxcvbnFactory }, common, english] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
    import('@zxcvbn-ts/language-en'),
  ])
  const checker = new ZxcvbnFactory({
    dictionary: { ...common.dictionary, ...english.dictionary },
    graphs: common.adjacencyGraphs,
  })
  // Diceware words: short, easy to read out, and none that people would rather not have in a password.
  const words = common.dictionary['diceware-common'].filter((word) => /^[a-z]{4,7}$/.test(word))
  return {
    strengthOf(password, known) {
      // Longer passwords add nothing to the verdict, only time.
      const { score } = checker.check(password.slice(0, 100), [...known])
      // It remembers what it has judged last, and that must not be a password.
      checker.check('')
      return toStrength(score)
    },
    suggest: (rules) => fitting(rules, () => words[randomBelow(words.length)] ?? ''),
  }
}

// The words are what makes it hard to guess; a capital and a digit only please the rules.
function fitting({ minimumLength, needs }: PasswordRules, word: () => string): string {
  const chosen: string[] = []
  while (chosen.length < WORDS || chosen.join('-').length < minimumLength) chosen.push(word())
  const text = chosen.join('-')
  const begun = needs.includes('uppercase') ? text.charAt(0).toUpperCase() + text.slice(1) : text
  return needs.includes('digit') ? `${begun}-${randomBelow(10)}` : begun
}

function toStrength(score: number): Strength {
  if (score >= 4) return 4
  if (score === 3) return 3
  return score === 2 ? 2 : 1
}

// Numbers at the end of the range are thrown again, so that every word is equally likely.
function randomBelow(limit: number): number {
  const range = 2 ** 32
  const fair = range - (range % limit)
  const [number = 0] = crypto.getRandomValues(new Uint32Array(1))
  return number < fair ? number % limit : randomBelow(limit)
}
