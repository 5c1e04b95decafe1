import { describe, expect, test } from 'vitest'
import { noPasswordRules } from './password-rules.ts'
import { facts } from '../testing/communities.ts'
import { ada, after, card, cards, club, progress, states } from '../testing/states.ts'
import type { OnboardingEvent } from './flow-events.ts'
import { next } from './next.ts'
import type { OnboardingStep } from './state.ts'

/** An event of each kind, and the steps in which it means something. */
const events: [OnboardingEvent, OnboardingStep[]][] = [
  [{ type: 'chooseCommunity', id: 'club' }, []],
  [{ type: 'openLink', text: '#a:x' }, ['welcome']],
  [{ type: 'setExperience', experience: 'slack' }, ['welcome']],
  [{ type: 'back' }, ['preview', 'homeserver', 'createAccount', 'stages', 'signIn', 'rooms']],
  [{ type: 'leavePreview' }, ['preview']],
  [{ type: 'checkAgain' }, ['preview']],
  [{ type: 'chooseHomeserver', name: 'two.example' }, ['homeserver']],
  [{ type: 'showAnother', isOpen: true }, ['homeserver']],
  [{ type: 'showOthers' }, []],
  [{ type: 'findAnother', text: 'x' }, ['homeserver']],
  [{ type: 'continueWithHomeserver' }, []],
  [{ type: 'goToSignIn' }, ['homeserver', 'createAccount']],
  [{ type: 'goToCreate' }, ['signIn']],
  [{ type: 'checkUsername', username: 'ada' }, ['createAccount']],
  [
    { type: 'createAccount', username: 'ada', password: 'p', token: null, acceptsTerms: true },
    ['createAccount'],
  ],
  [{ type: 'chooseWay', index: 0 }, ['createAccount']],
  [{ type: 'chooseWay', index: 7 }, []],
  [{ type: 'checkToken', token: 't' }, ['createAccount']],
  [{ type: 'draftEmail', email: 'ada@example.org' }, ['createAccount']],
  [{ type: 'resendEmail' }, ['stages']],
  [{ type: 'submitCode', code: '1' }, ['stages']],
  [{ type: 'openStage', stage: 'm.login.recaptcha' }, ['stages']],
  [{ type: 'saveProfile', name: 'Ada', picture: null }, ['profile']],
  [{ type: 'skipProfile' }, ['profile']],
  [
    { type: 'waysLearned', ways: [{ stages: [], needs: [] }], policies: [], passwordRules: noPasswordRules },
    ['createAccount'],
  ],
  [{ type: 'tokenChecked', check: 'good' }, ['createAccount']],
  [{ type: 'stagesOpened', tasks: [], fulfilled: [] }, ['createAccount']],
  [{ type: 'stagesChanged', tasks: [], problem: null }, ['stages']],
  [{ type: 'profileSaved' }, ['profile']],
  [{ type: 'profileRefused', problem: 'tooBig' }, ['profile']],
  [{ type: 'lookUpId', text: '@ada:x' }, ['signIn']],
  [{ type: 'signIn', id: '@ada:x', password: 'p' }, ['signIn']],
  [{ type: 'signInWith', provider: 'uni' }, []],
  [{ type: 'loginWaysLearned', homeserver: 'one.example', acceptsPassword: true, providers: [] }, ['signIn']],
  [{ type: 'loginWaysLearned', homeserver: 'x', acceptsPassword: true, providers: [] }, []],
  [{ type: 'iconArrived', homeserver: 'one.example', provider: 'uni', icon: 'AAAA' }, []],
  [{ type: 'setPreset', preset: 'all' }, ['rooms']],
  [{ type: 'toggleRooms', keys: ['#a:x'], isOn: true }, ['rooms']],
  [{ type: 'setQuiet', isOn: false }, ['rooms']],
  [{ type: 'setKnockReason', text: 'Hello' }, ['rooms']],
  [{ type: 'keepSignIn', inFile: true }, ['rooms']],
  [{ type: 'startJoining' }, []],
  [{ type: 'pause' }, []],
  [{ type: 'resume' }, ['joining']],
  [{ type: 'askToStop' }, ['joining']],
  [{ type: 'askToLeave' }, ['joining', 'done']],
  [{ type: 'leaveAll' }, ['joining', 'done']],
  [{ type: 'stopLeaving' }, []],
  [{ type: 'dismiss' }, ['joining', 'done']],
  [{ type: 'stopAndSignOut' }, ['done']],
  [{ type: 'retryRooms', keys: ['#a:x'] }, ['done']],
  [{ type: 'addAnother' }, ['rooms', 'done']],
  [{ type: 'signOut' }, ['welcome']],
  [{ type: 'communitiesRead', communities: [] }, ['welcome']],
  [{ type: 'linkLookedUp', link: { kind: 'idle' } }, ['welcome']],
  [{ type: 'communityOpened', community: club, at: 1 }, ['welcome']],
  [
    { type: 'factsArrived', key: '#a:x', facts: facts() },
    ['preview', 'homeserver', 'createAccount', 'stages', 'profile', 'signIn', 'rooms'],
  ],
  [{ type: 'factsArrived', key: '#other:x', facts: facts() }, []],
  [{ type: 'previewEnded', phase: 'answered' }, ['preview']],
  [{ type: 'homeserversListed', cards }, ['homeserver']],
  [{ type: 'homeserverChanged', name: 'one.example', change: { signUp: 'closed' } }, ['homeserver']],
  [{ type: 'homeserverChanged', name: 'other.example', change: { signUp: 'closed' } }, []],
  [{ type: 'anotherFound', card: card('three.example'), own: null, acceptsPassword: true }, ['homeserver']],
  [{ type: 'chooseInstitution', name: 'Uni', server: 'uni.example' }, ['homeserver']],
  [{ type: 'anotherFailed', serverName: 'x', reason: 'noServer', suggestion: null }, ['homeserver']],
  [
    { type: 'signUpOpened', homeserver: card('one.example'), policies: [], acceptsPassword: true },
    ['homeserver'],
  ],
  [{ type: 'usernameChecked', check: { kind: 'free', username: 'late' } }, []],
  [{ type: 'accountRefused', problem: { kind: 'closed' } }, ['createAccount', 'stages', 'signIn', 'browser']],
  [{ type: 'idLookedUp', homeserver: card('x'), acceptsPassword: false, own: null }, ['signIn']],
  [{ type: 'idNotFound', reason: 'noServer', suggestion: null }, ['signIn']],
  [{ type: 'signedIn', account: ada, profile: { name: '' } }, ['createAccount', 'stages', 'signIn']],
  [{ type: 'keepAsked', isAsked: true }, ['rooms']],
  [{ type: 'spaceOpened', children: [] }, ['rooms']],
  [{ type: 'roomsLoaded', roomsHere: [] }, ['rooms']],
  [{ type: 'joinProgressed', progress, community: club }, ['joining', 'done']],
  [{ type: 'joiningEnded', staysSignedIn: true }, ['joining']],
  [{ type: 'signedOut', isDone: true }, ['done']],
]

describe('an event that does not fit gives the very same state back', () => {
  test.each(Object.entries(states))('%s', (step, state) => {
    expect(state.step).toBe(step)
    const fitting = events.filter(([event]) => next(state, event) !== state).map(([event]) => event)
    const expected = events.filter(([, steps]) => steps.includes(state.step)).map(([event]) => event)
    expect(fitting).toEqual(expected)
  })
})

test('joining and signing in again may begin anywhere, and keep what was said about experience', () => {
  const start = after(states.welcome, { type: 'setExperience', experience: 'matrix' })
  const signIn = next(start, {
    type: 'signInNeeded',
    community: club,
    homeserver: card('x'),
    userId: '@ada:x',
  })
  expect(signIn).toMatchObject({
    step: 'signIn',
    experience: 'matrix',
    knownId: '@ada:x',
    lookup: 'found',
    homeserver: { name: 'x' },
  })
  const opened = {
    type: 'joiningOpened',
    community: club,
    account: ada,
    progress,
    includesHidden: true,
  } as const
  expect(next(start, { ...opened, asks: 'resume' })).toMatchObject({
    step: 'joining',
    experience: 'matrix',
    includesHidden: true,
    asks: 'resume',
  })
})

describe('facts about rooms', () => {
  test('reach whatever step shows the rooms', () => {
    const event = { type: 'factsArrived', key: '#a:x', facts: facts({ name: 'Ada' }) } as const
    for (const step of ['preview', 'homeserver', 'createAccount', 'signIn', 'rooms'] as const) {
      expect(next(states[step], event)).toMatchObject({
        step,
        community: { rooms: [{}, { name: 'Ada' }, {}] },
      })
    }
  })

  test('a room that turns out missing or closed does not stay chosen', () => {
    const all = after(states.rooms, { type: 'setPreset', preset: 'all' })
    expect(all).toMatchObject({ chosen: ['#lobby:x', '#a:x', '#b:x'] })
    const late = after(
      all,
      { type: 'factsArrived', key: '#a:x', facts: facts({ sight: 'missing', joinRule: null }) },
      { type: 'factsArrived', key: '#b:x', facts: facts({ joinRule: 'invite' }) },
    )
    expect(late).toMatchObject({ chosen: ['#lobby:x'] })
  })
})
