import { resolve } from 'node:path'

/** The command that goes on with a journal: the same words, with `--resume`. */
export function resumeCommand(words: readonly string[], journalPath: string): string {
  const kept = words.filter(
    (word, index) => word !== '--resume' && words[index - 1] !== '--resume' && !word.startsWith('--resume='),
  )
  return ['npx', 'foyer', ...kept, '--resume', resolve(journalPath)].map(quoted).join(' ')
}

function quoted(word: string): string {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`
}
