import { execFile } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** The newest of its eighth series when the figures in the README were taken. */
export const MATRIX_COMMANDER = 'matrix-commander==8.0.6'

// What it asks for, but for `uuid`, `asyncio` and `argparse`: Python has had those for ten years, and not all of the
// packages of these names come ready-built.
const dependencies = [
  'aiofiles',
  'aiohttp',
  'async-timeout',
  'datetime',
  'emoji',
  'markdown',
  'matrix-nio[e2e]',
  'notify2',
  'Pillow',
  'python_magic',
  'pyxdg',
]

/**
 * The path of matrix-commander's program in a virtual environment of its own in the cache, installed if it isn't
 * there. Nothing is compiled. Null where it can't be installed or doesn't start; `log` is told why.
 */
export async function installMatrixCommander(
  python: string,
  signal: AbortSignal,
  log: (line: string) => void,
): Promise<string | null> {
  const cache = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'foyer')
  const directory = join(cache, 'bench', MATRIX_COMMANDER.replace('==', '-'))
  const executable = join(directory, 'bin', 'matrix-commander')
  const run = (program: string, ...parameters: string[]) =>
    promisify(execFile)(program, parameters, { signal, env: cleanEnvironment() })
  const works = async (): Promise<boolean> => {
    await run(executable, '--version')
    return true
  }
  try {
    if (await works().catch(() => false)) return executable
    signal.throwIfAborted()
    log('installing matrix-commander, once')
    await rm(directory, { recursive: true, force: true })
    await run(python, '-m', 'venv', directory)
    const pip = ['-m', 'pip', 'install', '--quiet', '--no-input', '--only-binary=:all:']
    await run(join(directory, 'bin', 'python'), ...pip, ...dependencies)
    await run(join(directory, 'bin', 'python'), ...pip, '--no-deps', MATRIX_COMMANDER)
    await works()
    return executable
  } catch (error) {
    signal.throwIfAborted()
    log(`matrix-commander can't be installed: ${firstLine(error)}`)
    return null
  }
}

/** The user's pip settings stay, as they may name a mirror; those that install elsewhere do not. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const elsewhere = ['PYTHONHOME', 'PYTHONPATH', 'PIP_TARGET', 'PIP_PREFIX', 'PIP_USER']
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !elsewhere.includes(name)))
}

function firstLine(error: unknown): string {
  const text = String((error as { stderr?: string }).stderr || error)
  return (
    text
      .trim()
      .split('\n')
      .findLast((line) => line.startsWith('ERROR')) ??
    text.split('\n')[0] ??
    ''
  )
}
