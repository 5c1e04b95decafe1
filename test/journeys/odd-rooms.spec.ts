import { resolveAlias } from '../../practice/admin.ts'
import { acceptKnocks, membershipOf } from '../../practice/moderation.ts'
import { joinedRooms } from '../../practice/admin.ts'
import { expect, PASSWORD, test } from '../fixtures/foyer-test.ts'

const odd = (name: string): string => `#odd-${name}:tu-dresden.de`

test('a space from a link: each odd room ends as it should', async ({ newcomer, world, username }) => {
  await newcomer.pasteLink('https://matrix.to/#/%23odd%3Atu-dresden.de?via=tu-dresden.de')
  await newcomer.heading('Have a look around')
  await newcomer.reads('Odd Rooms')
  await newcomer.joinCommunity('Odd Rooms')
  await newcomer.continueWith('matrix.org')
  await newcomer.createAccount({ username, password: PASSWORD })
  // matrix.org isn't in the space, so the rooms show themselves only inside.
  await newcomer.click(newcomer.button('Join Odd Rooms'))
  await newcomer.arrive()

  const { account, progress } = await newcomer.state('done')
  const rooms = new Set(await joinedRooms(world, account.userId))
  const isIn = async (alias: string): Promise<boolean> => rooms.has((await resolveAlias(world, alias)) ?? '')
  expect(await isIn('#odd:tu-dresden.de')).toBe(true)
  expect(await isIn(odd('plain'))).toBe(true)
  expect(await isIn(odd('restricted'))).toBe(true)
  expect(await isIn(odd('moved'))).toBe(true)
  expect(await isIn(odd('moved-here'))).toBe(true)
  expect(await isIn(odd('quiet'))).toBe(true)
  expect(await isIn(odd('knock'))).toBe(false)
  expect(await isIn(odd('invite'))).toBe(false)
  expect(progress.lines.find((line) => line.name === 'Moved')).toMatchObject({
    status: 'joined',
    reason: 'moved',
  })

  // Nobody says its name, but it is told that there is one more, and how to get in.
  expect(progress.lines.filter((line) => line.reason === 'invite')).toHaveLength(1)
  await newcomer.reads('By invitation')
  await newcomer.reads('Asked to join')
  await newcomer.reads(/^A moderator decides\./)
  expect(await membershipOf(world, odd('knock'), account.userId)).toEqual({
    membership: 'knock',
    reason: 'I would like to join Odd Rooms.',
  })
  expect(await acceptKnocks(world, odd('knock'))).toContain(account.userId)
  await expect
    .poll(async () => (await membershipOf(world, odd('knock'), account.userId))?.membership)
    .toBe('invite')
})

test('links that lead nowhere are each told apart', async ({ newcomer }) => {
  const sentences = {
    'just some words': 'That isn’t a Matrix link or address. One looks like #lobby:example.org.',
    'https://matrix.to/#/@ada:tu-dresden.de':
      'That address belongs to a person. Paste the link of a room or a community.',
    '#nobody-home:tu-dresden.de':
      'There is nothing at this address any more. Check the spelling, or ask for a fresh link.',
    '#lost:offline.example': 'The server behind this link isn’t answering. Try again in a moment.',
    [odd('invite')]: 'This room shows itself to members only. Ask someone inside to invite you.',
  }
  for (const [link, sentence] of Object.entries(sentences)) {
    await newcomer.pasteLink(link)
    await newcomer.reads(sentence)
    await expect(newcomer.window.getByLabel('Somewhere else?')).toHaveValue(link)
    await expect(newcomer.window.getByLabel('Somewhere else?')).toBeFocused()
  }
})

test('a single room from a link', async ({ newcomer, world, username }) => {
  await newcomer.pasteLink('matrix:r/odd-plain:tu-dresden.de')
  await newcomer.joinCommunity('Plain')
  await newcomer.continueWith('matrix.org')
  await newcomer.createAccount({ username, password: PASSWORD })
  await newcomer.join()
  await newcomer.arrive()
  const { account } = await newcomer.state('done')
  expect(await joinedRooms(world, account.userId)).toEqual([await resolveAlias(world, odd('plain'))])
})
