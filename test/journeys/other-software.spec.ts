import { accountExists } from '../../practice/admin.ts'
import { expect, PASSWORD } from '../fixtures/foyer-test.ts'
import { test } from '../fixtures/other-software-test.ts'
import { mailTo, openLinkOf } from '../fixtures/practice-mail.ts'
import { Newcomer } from '../pages/newcomer.ts'

const SERVER = 'matrix.mathesar.org'

test.use({ hasHurdles: true })

async function sendForm(newcomer: Newcomer, username: string): Promise<void> {
  await newcomer.lookAround('Mathesar')
  await newcomer.joinCommunity('Mathesar')
  await newcomer.continueWith(SERVER)
  await newcomer.window.getByLabel('E-mail address').waitFor()
  await newcomer.fillInAccount({ username, password: PASSWORD, email: `${username}@mail.example` })
  await newcomer.click(newcomer.button('Create account'))
  await newcomer.isAskedForMore()
}

test('a code from the mail confirms the address; a wrong one can be corrected', async ({
  launch,
  world,
  software,
  username,
}) => {
  software.ways.hasCodes = true
  const { window } = await launch({ through: software.descriptionPath })
  const newcomer = new Newcomer(window)
  await sendForm(newcomer, username)
  const code = window.getByLabel('Code from the mail')
  await newcomer.fill(code, 'no-such-code')
  await code.press('Enter')
  await newcomer.reads('This code isn’t right. Check it, or have the mail sent again.')
  const { links } = await mailTo(world, `${username}@mail.example`)
  await newcomer.fill(code, new URL(links[0] ?? '').searchParams.get('token') ?? '')
  await code.press('Enter')
  await newcomer.reads(`${username}@mail.example is confirmed.`)
})

for (const [stage, title] of [
  ['org.example.quiz', `One more page of ${SERVER}`],
  ['m.login.msisdn', 'Confirm your phone number'],
] as const) {
  test(`${stage} is done on the homeserver’s page, and noticed by itself`, async ({
    launch,
    world,
    software,
    username,
  }) => {
    software.ways.stage = stage
    const { app, window } = await launch({ through: software.descriptionPath })
    const newcomer = new Newcomer(window)
    await sendForm(newcomer, username)
    await window.getByRole('heading', { name: title, level: 2 }).waitFor()
    await openLinkOf(world, `${username}@mail.example`)
    const opened = app.waitForEvent('window')
    await newcomer.click(newcomer.button('Open the page'))
    const page = await opened
    expect(new URL(page.url()).pathname).toContain(`/auth/${stage}/fallback/web`)
    await page.getByRole('checkbox').check()
    await page.getByRole('button', { name: 'Continue' }).click()
    await newcomer.skipProfile()
    expect(await accountExists(world, `@${username}:${SERVER}`)).toBe(true)
  })
}

test('a step for which the homeserver has no page is said to be none that can be done', async ({
  launch,
  software,
  username,
}) => {
  Object.assign(software.ways, { stage: 'm.login.msisdn', hasPage: false })
  const { window } = await launch({ through: software.descriptionPath })
  const newcomer = new Newcomer(window)
  await sendForm(newcomer, username)
  await newcomer.click(newcomer.button('Open the page'))
  await newcomer.reads(`${SERVER} has no page for this step, so it can’t be done from here.`)
})

test('what a homeserver’s signpost says is followed or explained, never guessed around', async ({
  launch,
  software,
}) => {
  const { window } = await launch({ through: software.descriptionPath })
  const newcomer = new Newcomer(window)
  const { files } = software.ways
  const signpost = (url: string): string => JSON.stringify({ 'm.homeserver': { base_url: url } })
  await newcomer.lookAround('Mathesar')
  await newcomer.joinCommunity('Mathesar')

  // FAIL_PROMPT: a file that can't be read.
  for (const [status, text] of [
    [200, '<html>Welcome</html>'],
    [200, '{"m.homeserver": {}}'],
    [500, signpost('https://tu-dresden.de')],
  ] as const) {
    files.set('tu-dresden.de', { status, text })
    await newcomer.findHomeserver('nowhere.example')
    await newcomer.reads(/^We can’t find a homeserver at nowhere\.example/)
    await newcomer.findHomeserver('tu-dresden.de')
    await newcomer.reads(/^tu-dresden\.de has a signpost to its homeserver, but it can’t be read\./)
  }
  // FAIL_ERROR: a file that leads nowhere, or somewhere that nobody should go.
  for (const [address, sentence] of [
    ['https://nowhere.example', /^tu-dresden\.de points to a homeserver that isn’t there\./],
    ['http://tu-dresden.de', /^tu-dresden\.de would take your password over an open line/],
  ] as const) {
    files.set('tu-dresden.de', { status: 200, text: signpost(address) })
    await newcomer.findHomeserver('tu-dresden.de')
    await newcomer.reads(sentence)
  }
  // IGNORE: no file, so the name itself is tried.
  files.set('tu-dresden.de', { status: 404, text: '' })
  await newcomer.findHomeserver('tu-dresden.de')
  await newcomer.heading('Welcome back')
  await newcomer.reads('Found tu-dresden.de. It takes a password.')
})
