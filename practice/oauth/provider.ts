import { generateKeyPairSync, randomBytes } from 'node:crypto'
import {
  Provider,
  interactionPolicy,
  type Configuration,
  type JWK,
  type KoaContextWithOIDC,
} from 'oidc-provider'
import { page } from './pages.ts'
import type { TokenStore } from './token-store.ts'
import type { OauthFaults } from './faults.ts'

/** What a client of the Matrix client-server API asks for (spec v1.15, scopes; MSC2967 before that). */
const API_SCOPES = ['urn:matrix:client:api:*', 'urn:matrix:org.matrix.msc2967.client:api:*']
const DEVICE_SCOPE = /^urn:matrix:(?:org\.matrix\.msc2967\.)?client:device:([A-Za-z0-9-]{10,255})$/

/** The device that a grant is for, or null. */
export function deviceIn(scope: string | undefined): string | null {
  const found = scope?.split(' ').map((each) => DEVICE_SCOPE.exec(each)?.[1])
  return found?.find((each) => each !== undefined) ?? null
}

/**
 * The provider, set up as the Matrix Authentication Service behaves towards native apps: registration by anyone with a
 * real homepage, PKCE, rotating refresh tokens, device grant without `verification_uri_complete`.
 */
export function createProvider(issuer: string, store: TokenStore, faults: OauthFaults): Provider {
  const resource = new URL('/matrix', issuer).href
  const policy = interactionPolicy.base()
  policy.add(new interactionPolicy.Prompt({ name: 'create', requestable: true }), 0)
  const hours = 60 * 60
  const configuration: Configuration = {
    adapter: store.adapter,
    jwks: { keys: [signingKey()] },
    scopes: ['openid'],
    cookies: { keys: [randomBytes(16).toString('hex')] },
    interactions: { policy, url: (_, { uid }) => `/interaction/${uid}` },
    findAccount: (_, accountId) => ({ accountId, claims: () => ({ sub: accountId }) }),
    issueRefreshToken: (_, client) => client.grantTypeAllowed('refresh_token'),
    rotateRefreshToken: true,
    // As in life, ending one token ends the session.
    revokeGrantPolicy: () => true,
    clientBasedCORS: () => true,
    pkce: { required: () => true },
    ttl: {
      AccessToken: () => faults.accessTokenLifetime,
      RefreshToken: 24 * hours,
      AuthorizationCode: 600,
      DeviceCode: () => faults.deviceCodeLifetime,
      Grant: 24 * hours,
      Interaction: hours,
      Session: 24 * hours,
      IdToken: hours,
    },
    discovery: {
      account_management_uri: new URL('/account', issuer).href,
      account_management_actions_supported: ['org.matrix.profile', 'org.matrix.sessions_list'],
      prompt_values_supported: ['login', 'create'],
    },
    features: {
      devInteractions: { enabled: false },
      registration: { enabled: true },
      revocation: {
        enabled: true,
        allowedPolicy: (_, client, token) => client.clientId === token.clientId,
      },
      rpInitiatedLogout: { enabled: false },
      userinfo: { enabled: false },
      deviceFlow: {
        enabled: true,
        charset: 'base-20',
        mask: '******',
        userCodeInputSource: (context, form, _out, error) =>
          show(context, 'Link a device', codeForm(form, error)),
        userCodeConfirmSource: (context, form, client) =>
          show(context, `Is this you, on ${client.clientName ?? 'an app'}?`, confirmForm(form)),
        successSource: (context) => show(context, 'Device linked', '<p>You can close this page.</p>'),
      },
      // The way to scopes that nobody can list beforehand: each device has its own.
      resourceIndicators: {
        enabled: true,
        defaultResource: () => resource,
        useGrantedResource: () => true,
        getResourceServerInfo: (context) => ({
          scope: matrixScopes(context).join(' '),
          audience: resource,
          accessTokenFormat: 'opaque',
        }),
      },
    },
    routes: {
      authorization: '/authorize',
      token: '/oauth2/token',
      registration: '/oauth2/registration',
      revocation: '/oauth2/revoke',
      device_authorization: '/oauth2/device',
      code_verification: '/link',
      jwks: '/oauth2/keys.json',
    },
    renderError: (context, { error, error_description: description }) =>
      show(context, 'Something went wrong', `<p>${error}: ${description ?? ''}</p>`),
  }
  const provider = new Provider(issuer, configuration)
  provider.proxy = true
  return provider
}

function signingKey(): JWK {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  return { ...privateKey.export({ format: 'jwk' }), kty: 'RSA', use: 'sig', alg: 'RS256' }
}

function matrixScopes(context: KoaContextWithOIDC): string[] {
  const { params, entities } = context.oidc
  const sources = [
    params?.['scope'],
    entities.AuthorizationCode?.scope,
    entities.DeviceCode?.scope,
    entities.RefreshToken?.scope,
  ]
  const asked = new Set(sources.flatMap((scope) => (typeof scope === 'string' ? scope.split(' ') : [])))
  return [...asked].filter((scope) => API_SCOPES.includes(scope) || DEVICE_SCOPE.test(scope))
}

function show(context: { body: unknown; type: string }, title: string, body: string): void {
  context.type = 'html'
  context.body = page(title, body)
}

function codeForm(form: string, error: unknown): string {
  const isRefused = error instanceof Error && 'error' in error && error.error === 'access_denied'
  const problem = error === undefined || isRefused ? '' : '<p role="alert">This code isn’t right.</p>'
  return `${problem}<p>Enter the code that the app shows.</p>${form}
<button type="submit" form="op.deviceInputForm">Continue</button>`
}

function confirmForm(form: string): string {
  return `${form}<button type="submit" form="op.deviceConfirmForm">Continue</button>
<button type="submit" form="op.deviceConfirmForm" name="abort" value="yes">Cancel</button>`
}
