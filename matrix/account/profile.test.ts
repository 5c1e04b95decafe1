import { expect, test } from 'vitest'
import { json, scripted } from '../testing/scripted-fetch.ts'
import { askProfile } from './profile.ts'

const session = { baseUrl: 'https://x.example', userId: '@ada:x.example', deviceId: 'OWN', accessToken: 'T' }
const own = { device_id: 'OWN' }
const phone = { device_id: 'PHONE' }

function ask(profile: () => Response, devices: () => Response): Promise<{ readonly name: string } | null> {
  const { fetch } = scripted(({ url }) => (url.pathname.endsWith('/devices') ? devices() : profile()))
  return askProfile(fetch, session)
}

test.each([
  // New: nobody else is signed in, and there is no picture.
  [{}, [own], { name: '' }],
  [{ displayname: 'ada' }, [own], { name: '' }],
  [{ displayname: 'Ada Lovelace' }, [own], { name: 'Ada Lovelace' }],
  [{ displayname: 'Ada Lovelace', avatar_url: 'mxc://x/y' }, [own], null],
  // In use.
  [{ displayname: 'ada' }, [own, phone], null],
  [{ displayname: 'Ada Lovelace' }, [own, phone], null],
  // Without a name, however old.
  [{}, [own, phone], { name: '' }],
  [{ displayname: null, avatar_url: 'mxc://x/y' }, [own, phone], { name: '' }],
  [{ displayname: '', avatar_url: 7 }, [phone], { name: '' }],
])('%j on %j', async (profile, devices, asked) => {
  expect(
    await ask(
      () => json(profile),
      () => json({ devices }),
    ),
  ).toEqual(asked)
})

test('nobody has set anything yet', async () => {
  const none = (): Response => json({ errcode: 'M_NOT_FOUND' }, 404)
  expect(await ask(none, () => json({ devices: [own, phone] }))).toEqual({ name: '' })
})

test.each([
  ['the profile can’t be had', () => json({}, 502), () => json({ devices: [own] })],
  ['the devices can’t be had', () => json({}), () => json({ errcode: 'M_FORBIDDEN' }, 403)],
  ['there is no list of devices', () => json({}), () => json({})],
])('nobody is asked where %s', async (_name, profile, devices) => {
  expect(await ask(profile, devices)).toBeNull()
})
