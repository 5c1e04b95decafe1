import { expect, PASSWORD, test } from '../fixtures/foyer-test.ts'
import { keptToken } from '../fixtures/kept-token.ts'
import { trulyJoined } from '../fixtures/truth.ts'
import { deviceNames, tokenIsDead } from '../../practice/admin.ts'

const journeys = [
  // Galaxy's space holds one room that asks first, and one by invitation.
  { name: 'Galaxy', server: 'matrix.org', asked: 71, joined: 69 },
  { name: 'Mathesar', server: 'matrix.mathesar.org', asked: 13, joined: 13 },
  { name: 'de-RSE', server: 'matrix.org', asked: 5, joined: 5 },
  { name: 'Auxolotl', server: 'auxolotl.org', asked: 33, joined: 33, token: 'axolotl-welcome' },
] as const

for (const journey of journeys) {
  test(`a newcomer joins ${journey.name} with a new account on ${journey.server}`, async ({
    newcomer,
    world,
    profile,
    username,
  }) => {
    await newcomer.lookAround(journey.name)
    await newcomer.joinCommunity(journey.name)
    await newcomer.continueWith(journey.server)
    const token = 'token' in journey ? { token: journey.token } : {}
    await newcomer.createAccount({ username, password: PASSWORD, ...token })
    const accessToken = await keptToken(profile)
    const { account, progress } = await newcomer.joinEverything()
    expect(progress.lines).toHaveLength(journey.asked)
    expect(await trulyJoined(world, account.userId, progress.lines)).toHaveLength(journey.joined)
    expect(newcomer.actions).toBeLessThanOrEqual(12)
    // Nothing of Foyer stays signed in.
    expect(await tokenIsDead(world, journey.server, accessToken)).toBe(true)
    expect(await deviceNames(world, account.userId)).toEqual([])
  })
}
