import type { MarkdownIt } from 'markdown-it'

/**
 * Definition lists as PHP Markdown Extra and Kramdown have them: a line, and below it its meaning after a colon. Unlike
 * other readers, the next term may follow without an empty line.
 */
export function definitionLists(markdown: MarkdownIt): void {
  markdown.block.ruler.before('paragraph', 'definition', (state, startLine, endLine, isTrial) => {
    const lineAt = (line: number): string =>
      line >= endLine || (state.sCount[line] ?? 0) < state.blkIndent
        ? ''
        : state.src.slice((state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0), state.eMarks[line])
    const isMeaning = (line: number): boolean => /^:[ \t]+\S/.test(lineAt(line))
    const isTerm = (line: number): boolean => lineAt(line) !== '' && !isMeaning(line) && isMeaning(line + 1)
    if (!isTerm(startLine)) return false
    if (isTrial) return true

    const push = (type: string, nesting: -1 | 0 | 1, line: number, content = ''): void => {
      const token = state.push(type, type.slice(0, 2), nesting)
      token.map = [line, line + 1]
      token.content = content
      if (type === 'inline') token.children = []
    }
    const pushText = (tag: 'dt' | 'dd', line: number, content: string): void => {
      push(`${tag}_open`, 1, line)
      push('inline', 0, line, content)
      push(`${tag}_close`, -1, line)
    }
    push('dl_open', 1, startLine)
    let line = startLine
    while (line < endLine && isTerm(line)) {
      pushText('dt', line, lineAt(line))
      line++
      while (line < endLine && isMeaning(line)) {
        const first = line
        const content = [lineAt(line).replace(/^:[ \t]+/, '')]
        for (line++; lineAt(line) !== '' && !isMeaning(line) && !isTerm(line); line++)
          content.push(lineAt(line))
        pushText('dd', first, content.join('\n'))
      }
      // An empty line may stand between a meaning and the next term.
      if (lineAt(line) === '' && isTerm(line + 1)) line++
    }
    push('dl_close', -1, line)
    state.line = line
    return true
  })
}
