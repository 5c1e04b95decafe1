import { serverDirectory } from './homeserver-config.ts'
import type { Limits } from './limits.ts'
import { serversOf, type ServerDefinition, type SignUp } from './servers.ts'
import type { PracticeWorld } from './world.ts'

const limitsTexts: Readonly<Record<Limits, string>> = {
  default: 'Synapse’s defaults (sign-up and sign-in raised)',
  raised: 'raised',
  twentyfold: 'joins twenty times faster than Synapse’s defaults, all else raised',
}

/** What `npm run practice` prints: how to reach the world and what is in it. */
export function describeForPeople(world: PracticeWorld, limits: Limits): string {
  const accounts = world.accounts.map(
    (account) => `  @${account.username}:${account.server}  password: ${account.password}`,
  )
  const rows = serversOf({
    delegates: world.oauth !== null,
    hasHurdles: world.hurdles !== null,
    hasSignOn: world.identityProvider !== null,
  }).map((server) => {
    const port = world.servers.find((each) => each.name === server.name)?.port
    return `  ${server.name.padEnd(20)} ${signUpText(server, world.registrationToken).padEnd(46)} 127.0.0.1:${port}`
  })
  return [
    'The practice world is up. Nothing in it can reach the internet.',
    '',
    'Servers',
    ...rows,
    '',
    'Accounts',
    ...accounts,
    '',
    `Limits   ${limitsTexts[limits]}`,
    `Proxy    ${world.proxyUrl}`,
    `CA       ${world.caPath}`,
    `App      --practice=${world.descriptionPath}`,
    `Logs     ${serverDirectory(world.directory, '<server>')}/homeserver.log`,
    `Try      curl --proxy ${world.proxyUrl} --cacert ${world.caPath} https://matrix.org/_matrix/client/versions`,
    '',
    'Ctrl-C ends it.',
  ].join('\n')
}

function signUpText(server: ServerDefinition, token: string): string {
  const texts: Record<SignUp, string> = {
    terms: 'anyone who accepts the terms may sign up',
    hurdles: 'sign-up needs a mail, a captcha, the terms',
    token: `sign-up needs the token ${token}`,
    tokenOrMail: `sign-up needs the token ${token}, or a mail`,
    browser: 'sign-up in the browser, by OAuth 2.0',
    signOn: 'people of the institution, by its own sign-in',
    closed: 'no sign-up',
  }
  return texts[server.signUp]
}
