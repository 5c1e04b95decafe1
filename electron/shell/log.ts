/** Writes one line to the terminal. Lines name steps and reasons, never what people typed or what opens an account. */
export function log(line: string): void {
  process.stderr.write(`foyer ${new Date().toISOString()} ${line}\n`)
}
