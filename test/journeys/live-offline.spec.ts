import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '../fixtures/foyer-test.ts'
import { dataOf } from '../fixtures/launch.ts'
import { Newcomer } from '../pages/newcomer.ts'

/** As on a computer without any network, wherever this test runs: nobody real shall be asked. */
const WITHOUT_NETWORK = ['--host-resolver-rules=MAP * ~NOTFOUND', '--no-proxy-server']

test('the real network, when there is none: says so, waits, and knows nothing of the practice world', async ({
  launch,
}) => {
  const foyer = await launch({ isLive: true, switches: WITHOUT_NETWORK })
  const newcomer = new Newcomer(foyer.window)
  await newcomer.heading('Come in. Who are you here to see?')
  await expect(foyer.window.getByText('Practice', { exact: false })).toHaveCount(0)

  await newcomer.pasteLink('#lobby:nowhere.example')
  await newcomer.reads('The server behind this link isn’t answering. Try again in a moment.')

  await newcomer.lookAround('Galaxy')
  await newcomer.reads('You’re offline')
  // The page's own list is there all the same.
  await newcomer.reads('Lobby')
  const onward = newcomer.button('Join Galaxy')
  await expect(onward).toHaveAttribute('aria-disabled', 'true')
  await expect(onward).toHaveAccessibleDescription('Joining needs a connection.')

  const phases = foyer.window.evaluate(
    () =>
      new Promise<readonly string[]>((resolve) => {
        const seen: string[] = []
        window.foyer.onChange((change) => {
          const phase = /"phase":\{"value":"(\w+)"/.exec(change)?.[1]
          if (phase !== undefined) seen.push(phase)
          if (phase === 'offline') resolve(seen)
        })
      }),
  )
  await newcomer.click(newcomer.button('Check again'))
  expect(await phases).toEqual(['asking', 'offline'])
  await newcomer.reads('You’re offline')

  await newcomer.back()
  await newcomer.heading('Come in. Who are you here to see?')
  expect(foyer.output()).not.toMatch(/Uncaught|Unhandled|Error:/)
  const data = await dataOf(foyer)
  expect(data).toMatch(/live$/)
  expect(existsSync(join(data, '../practice'))).toBe(false)
})
