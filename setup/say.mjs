/**
 * One progress line per piece of work: what is being done, and once it is done how long it took.
 * @template T
 * @param {string} what
 * @param {() => Promise<T>} work
 * @param {(result: T) => string | null} [ending] other words for how it ended
 * @returns {Promise<T>}
 */
export async function progress(what, work, ending) {
  const start = performance.now()
  process.stdout.write(`${what} … `)
  try {
    const result = await work()
    const seconds = Math.max(1, Math.round((performance.now() - start) / 1000))
    process.stdout.write(`${ending?.(result) ?? `${seconds} s`}\n`)
    return result
  } catch (error) {
    process.stdout.write('failed\n')
    throw error
  }
}
