import { join } from 'node:path'
import type { ElectronApplication } from '@playwright/test'
import { readFileSync } from 'node:fs'
import { readManifestText } from '../../core/communities/manifest-text.ts'
import { WEB_HOST } from '../../practice/servers.ts'
import { expect, PASSWORD, test } from '../fixtures/foyer-test.ts'
import { dropFile } from '../fixtures/drop-file.ts'
import { trulyJoined } from '../fixtures/truth.ts'
import { Newcomer } from '../pages/newcomer.ts'

const SPACE = '!KQLkDbtIMsvcwUIfNy:matrix.mathesar.org'
const PAGE = `# Mathesar chat

Everything is in our [space](https://matrix.to/#/${SPACE}?via=matrix.mathesar.org).

## Talk

| Room | What for |
| --- | --- |
| [General](https://matrix.to/#/#mathesar:matrix.mathesar.org) | Say hello |
| [General](https://matrix.to/#/#code:matrix.mathesar.org) | Code |

## Work

- [Jobs](https://matrix.to/#/#jobs:matrix.mathesar.org): nobody is there any more

Ask @ada:matrix.org.
`

test('a maintainer drops their page, puts it right, tries it and saves it; the file leads to all rooms', async ({
  launch,
  world,
  username,
  profile,
}) => {
  const { app, window } = await launch()
  const maintainer = new Newcomer(window)
  await maintainer.click(maintainer.button('Add your community'))
  await maintainer.heading('Add your community')
  await dropFile(window, 'chat.md', PAGE, () => maintainer.reads('Let go to read it.'))
  await maintainer.heading('This is what your page says')
  // Where each was found, what looks wrong, and what was passed over.
  await maintainer.reads('line 9')
  await maintainer.reads(/^“General” appears twice, with two addresses/)
  await maintainer.click(window.getByText('1 thing passed over'))
  await maintainer.reads('@ada:matrix.org')

  await maintainer.fill(window.getByLabel('Name', { exact: true }), 'Mathesar by hand')
  await maintainer.fill(window.getByLabel('What it is about'), 'Databases for everybody.')
  const label = window.getByLabel('What newcomers read')
  await maintainer.click(maintainer.button('Change General').last())
  await maintainer.fill(label, 'Code')
  await label.press('Enter')
  await expect(maintainer.button('Change Code')).toBeVisible()
  await expect(window.getByText(/appears twice/)).toHaveCount(0)
  await maintainer.click(maintainer.button('Done'))
  await maintainer.click(window.getByRole('checkbox', { name: 'Take in Jobs' }))
  await expect(window.getByRole('checkbox', { name: 'Take in Jobs' })).not.toBeChecked()

  const step = window.locator('[aria-current=step]')
  await expect(step).toHaveText('Put it right')
  await maintainer.click(maintainer.button('Try it'))
  await maintainer.heading('Have a look around')
  await maintainer.reads('Databases for everybody.')
  await maintainer.back()
  // Nothing of it is lost.
  await expect(step).toHaveText('Try it and share it')
  await expect(window.getByLabel('Name', { exact: true })).toHaveValue('Mathesar by hand')
  await expect(window.getByRole('checkbox', { name: 'Take in Jobs' })).not.toBeChecked()

  await maintainer.click(maintainer.button('Copy link'))
  await maintainer.reads('Link copied')
  expect(await app.evaluate(({ clipboard }) => clipboard.readText())).toBe(
    `foyer:?join=${encodeURIComponent(SPACE)}&via=matrix.mathesar.org`,
  )
  const path = join(profile, 'Mathesar.foyer')
  await answerSaveDialog(app, path)
  await maintainer.click(maintainer.button('Save the manifest …'))
  await maintainer.reads(`Saved as ${path}`)
  const manifest = readManifestText(readFileSync(path, 'utf8'))
  if (!manifest.ok) throw new Error('no manifest')
  expect(manifest.value).toMatchObject({ name: 'Mathesar by hand', space: { address: SPACE } })
  expect(manifest.value.rooms.map((room) => [room.address, room.label, room.section])).toEqual([
    ['#mathesar:matrix.mathesar.org', 'General', 'Talk'],
    ['#code:matrix.mathesar.org', 'Code', 'Talk'],
  ])

  await maintainer.back()
  const newcomer = new Newcomer(window)
  await newcomer.heading(/^Come in/)
  const choosing = window.waitForEvent('filechooser')
  await newcomer.click(newcomer.button('Open a file'))
  await (await choosing).setFiles(path)
  await newcomer.heading('Have a look around')
  await newcomer.joinCommunity('Mathesar by hand')
  await newcomer.continueWith('matrix.mathesar.org')
  await newcomer.createAccount({ username, password: PASSWORD })
  const { account, progress } = await newcomer.joinEverything()
  expect(await trulyJoined(world, account.userId, progress.lines)).toHaveLength(13)
})

test('with the keyboard alone: a page on the web, read, tried and saved', async ({
  launch,
  world,
  profile,
}) => {
  world.website.pages.set('/old', { location: `https://${WEB_HOST}/chat` })
  world.website.pages.set('/chat', { body: PAGE, type: 'text/markdown; charset=utf-8' })
  const { app, window } = await launch()
  const maintainer = new Newcomer(window)
  await maintainer.heading(/^Come in/)
  await maintainer.button('Add your community').focus()
  await window.keyboard.press('Enter')
  await maintainer.heading('Add your community')
  await window.keyboard.press('Tab')
  await window.keyboard.type(`https://${WEB_HOST}/old`)
  await window.keyboard.press('Enter')
  await maintainer.heading('This is what your page says')
  await expect(window.locator('h1')).toBeFocused()
  await maintainer.reads(`From https://${WEB_HOST}/old`)

  // On to the boxes and buttons, whatever is between them.
  await tabTo(window, 'Take in Jobs')
  await window.keyboard.press('Space')
  await expect(window.getByRole('checkbox', { name: 'Take in Jobs' })).not.toBeChecked()
  const path = join(profile, 'chat')
  await answerSaveDialog(app, path)
  await tabTo(window, 'Save the manifest …')
  await window.keyboard.press('Enter')
  await maintainer.reads(`Saved as ${path}.foyer`)
  expect(readManifestText(readFileSync(`${path}.foyer`, 'utf8')).ok).toBe(true)
  await tabTo(window, 'Try it')
  await window.keyboard.press('Enter')
  await maintainer.heading('Have a look around')
  await window.keyboard.press('Escape')
  await maintainer.heading('This is what your page says')
  await window.keyboard.press('Escape')
  await maintainer.heading(/^Come in/)
  // What was read waits for whoever comes back.
  await maintainer.button('Add your community').press('Enter')
  await maintainer.heading('This is what your page says')
  await tabTo(window, 'Another page')
  await window.keyboard.press('Enter')
  await maintainer.heading('Add your community')
})

test('what can’t be read says why, and what to do next', async ({ launch, world }) => {
  world.website.pages.set('/silent', 'silent')
  world.website.pages.set('/inside', { location: 'https://192.168.7.7/chat' })
  world.website.pages.set('/plain', { body: '<p>Nothing but words.</p>' })
  const { window } = await launch()
  const maintainer = new Newcomer(window)
  const hand = async (text: string): Promise<void> => {
    await maintainer.fill(window.getByLabel('The page’s address, or its text'), text)
    await maintainer.click(maintainer.button('Read the page'))
  }
  await maintainer.click(maintainer.button('Add your community'))
  for (const [text, sentence] of [
    [`ftp://${WEB_HOST}/chat`, /^Foyer reads pages whose address begins with https:/],
    [`https://${WEB_HOST}/nowhere`, /^There is no page at/],
    [`${WEB_HOST}/gone`, /^There is no page at https:/],
    [`https://${WEB_HOST}/inside`, /can’t be reached/],
    [`https://${WEB_HOST}/plain`, /^No room is named on/],
    ['https://localhost/chat', /leads into a private network/],
    ['https://10.0.0.7/chat', /leads into a private network/],
    ['https://nobody.example/chat', /can’t be reached/],
    ['Come to our chat!', /^No room is named on this page/],
  ] as const) {
    await hand(text)
    await maintainer.reads(sentence)
  }
  await dropFile(window, 'picture.md', '\u0089PNG\r\n\u001a\n\u0000\u0000\u0000\rIHDR\u0000\u0000')
  await maintainer.reads(/^picture\.md has no text in it/)
  await dropFile(window, 'archive.html', 'x'.repeat(13 * 1024 * 1024))
  await maintainer.reads(/^This is more than Foyer reads/)
  await hand(`https://${WEB_HOST}/silent`)
  await maintainer.reads(new RegExp(`^Getting https://${WEB_HOST}/silent`))
  await maintainer.reads(/This one takes a while/)
  await maintainer.click(maintainer.button('Cancel'))
  await expect(maintainer.button('Read the page')).toBeEnabled()
  expect((await maintainer.state('adding')).page).toEqual({ kind: 'none', problem: null, source: null })
})

async function answerSaveDialog(app: ElectronApplication, path: string): Promise<void> {
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
  }, path)
}

/** Presses Tab until something with this name has the focus. */
async function tabTo(window: Newcomer['window'], name: string): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    const focused = await window.evaluate(() => {
      const { activeElement: element } = document
      return element?.getAttribute('aria-label') ?? element?.textContent ?? ''
    })
    if (focused === name) return
    await window.keyboard.press('Tab')
  }
  throw new Error(`Tab never gets to ${name}`)
}
