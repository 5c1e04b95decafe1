import { describe, expect, test } from 'vitest'
import { readArguments, type Instruction } from './arguments.ts'

const account = ['--homeserver', 'matrix.org', '--user', 'ada', '--password-stdin']

describe('reading the command line', () => {
  test('an ordinary one', () => {
    expect(read(['join', 'galaxy', ...account])).toEqual({
      kind: 'join',
      options: {
        community: 'galaxy',
        homeserver: 'matrix.org',
        user: 'ada',
        secret: 'password',
        preset: null,
        agreesToRules: false,
        isQuiet: null,
        rooms: [],
        isJson: false,
        isDryRun: false,
        resumePath: null,
        proxy: null,
        caPath: null,
      },
    })
  })

  test('everything at once', () => {
    const words =
      '--preset essential --agree-to-rules --room #a:b.c --room https://matrix.to/#/!d?via=e.f --json --resume j --ca c.pem'
    expect(optionsOf(['join', 'x', ...account, ...words.split(' '), '--proxy', 'http://p:1'])).toMatchObject({
      preset: 'essential',
      agreesToRules: true,
      rooms: [
        { address: '#a:b.c', via: [] },
        { address: '!d', via: ['e.f'] },
      ],
      isJson: true,
      resumePath: 'j',
      caPath: 'c.pem',
      proxy: 'http://p:1',
    })
  })

  test.each([
    [['--user', '@Ada:Example.org'], 'example.org', '@ada:example.org'],
    [['--user', 'ada:example.org'], 'example.org', '@ada:example.org'],
    [['--user', 'ada', '--homeserver', 'https://Example.org/'], 'example.org', 'ada'],
    [
      ['--user', '@ada:example.org', '--homeserver', 'm.example.org:8008'],
      'm.example.org:8008',
      '@ada:example.org',
    ],
  ])('the account of %j', (words, homeserver, user) => {
    expect(optionsOf(['join', 'x', ...words, '--token-stdin'])).toMatchObject({
      homeserver,
      user,
      secret: 'token',
    })
  })

  test.each([
    [[], null],
    [['--quiet'], true],
    [['--no-quiet'], false],
  ])('%j is or isn’t a wish for a quiet start', (words, isQuiet) => {
    expect(optionsOf(['join', 'x', ...account, ...words])).toMatchObject({ isQuiet })
  })

  test('a code needs no name', () => {
    const words = ['join', 'x', '--homeserver', 'a.b', '--device-code']
    expect(optionsOf(words)).toMatchObject({ secret: 'code', user: '' })
    expect(optionsOf([...words, '--dry-run'])).toMatchObject({ secret: null })
  })

  test('a dry run needs no account', () => {
    expect(optionsOf(['join', 'x', '--homeserver', 'a.b', '--dry-run'])).toMatchObject({
      secret: null,
      user: '',
    })
  })

  test.each([
    [['join', ...account], /community/],
    [['join', 'x', '--user', 'ada', '--password-stdin'], /--homeserver/],
    [['join', 'x', '--homeserver', 'nonsense', '--user', 'a', '--token-stdin'], /nonsense/],
    [['join', 'x', '--homeserver', 'a.b', '--password-stdin'], /--user/],
    [['join', 'x', '--homeserver', 'a.b', '--user', 'a b', '--password-stdin'], /a b/],
    [['join', 'x', '--homeserver', 'a.b', '--user', 'a'], /how to sign in/],
    [['join', 'x', ...account, '--token-stdin'], /cannot be used with/],
    [['join', 'x', ...account, '--device-code'], /cannot be used with/],
    [['join', 'x', ...account, '--room', '@a:b.c'], /not a room/],
    [['join', 'x', ...account, '--proxy', 'socks5://p'], /--proxy/],
    [['join', 'x', ...account, '--password', 'hunter2'], /unknown option '--password'/],
    [['join', 'x', 'y', ...account], /too many/],
    [['depart'], /unknown command/],
    [['leave'], /--resume/],
    [['leave', '--resume', 'kept.jsonl'], /--password-stdin or --token-stdin/],
    [['publish', 'x', '--user', '@a:b.c'], /--password-stdin or --token-stdin/],
    [['publish', 'x', '--user', 'a', '--token-stdin'], /--homeserver/],
    [['publish', '--user', '@a:b.c', '--token-stdin'], /which manifest/],
    [['publish', '--remove', '--user', '@a:b.c', '--token-stdin'], /--space/],
    [['publish', 'x', '--url', 'http://b.c/', '--user', '@a:b.c', '--token-stdin'], /https/],
    [['publish', 'x', '--space', '@a:b.c', '--user', '@a:b.c', '--token-stdin'], /not a space/],
    [[], /Usage/],
  ])('%j is refused in words', (words, sentence) => {
    const said = read(words)
    expect(said).toMatchObject({ kind: 'say', exit: 2 })
    expect(said.kind === 'say' && said.text).toMatch(sentence)
  })

  test.each([['--help'], ['--version'], ['join', '--help']])('%s is an answer', (...words) => {
    expect(read(words)).toMatchObject({ kind: 'say', exit: 0 })
  })
})

function read(words: readonly string[]): Instruction {
  return readArguments(words, '1.2.3')
}

function optionsOf(words: readonly string[]): object {
  const instruction = read(words)
  if (instruction.kind === 'say') throw new Error(instruction.text)
  return instruction.options
}
