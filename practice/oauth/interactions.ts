import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Provider } from 'oidc-provider'
import { readForm, sendPage } from './http.ts'
import { consentPage, signInPage, signUpPage } from './pages.ts'
import type { SignUpRefusal, UserBackend } from './user-backend.ts'

const refusals: Readonly<Record<SignUpRefusal, string>> = {
  taken: 'This username can’t be had. Try another.',
  weakPassword: 'This password is too short.',
}

/** What a page of the sign-up can end with, in the provider's words. */
type Interaction = Awaited<ReturnType<Provider['interactionDetails']>>

/**
 * The pages between an app's request and its answer: sign in or create an account, then consent. Answers whether the
 * request was for one of them.
 */
export async function serveInteraction(
  provider: Provider,
  users: UserBackend,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  if (!request.url?.startsWith('/interaction/')) return false
  const interaction = await provider.interactionDetails(request, response)
  const action = `/interaction/${interaction.uid}`
  const { name } = interaction.prompt
  if (request.method !== 'POST') {
    if (name === 'consent') await showConsent(provider, interaction, action, response)
    else sendPage(response, name === 'create' ? signUpPage(action, '', null) : signInPage(action, null))
    return true
  }
  const form = await readForm(request)
  const text = (field: string): string => form.get(field) ?? ''
  const username = text('username').toLowerCase()
  const signedIn = { login: { accountId: username }, ...(name === 'create' && { create: {} }) }
  switch (form.get('do')) {
    case 'toSignUp':
      sendPage(response, signUpPage(action, username, null))
      break
    case 'toSignIn':
      sendPage(response, signInPage(action, null))
      break
    case 'signIn':
      if (users.isPasswordOf(username, text('password'))) {
        await provider.interactionFinished(request, response, signedIn)
      } else sendPage(response, signInPage(action, 'Username or password is wrong.'))
      break
    case 'signUp': {
      const refusal =
        text('password') === text('confirmation') ? await users.signUp(username, text('password')) : 'differ'
      if (refusal === null) await provider.interactionFinished(request, response, signedIn)
      else {
        const problem = refusal === 'differ' ? 'The passwords differ.' : refusals[refusal]
        sendPage(response, signUpPage(action, username, problem))
      }
      break
    }
    case 'consent': {
      const consent = { grantId: await grantOf(provider, interaction) }
      await provider.interactionFinished(request, response, { consent }, { mergeWithLastSubmission: true })
      break
    }
    default:
      await provider.interactionFinished(request, response, {
        error: 'access_denied',
        error_description: 'The person said no.',
      })
  }
  return true
}

async function showConsent(
  provider: Provider,
  interaction: Interaction,
  action: string,
  response: ServerResponse,
): Promise<void> {
  const client = await provider.Client.find(String(interaction.params['client_id']))
  const username = interaction.session?.accountId ?? ''
  sendPage(
    response,
    consentPage(action, client?.clientName ?? 'an app', client?.clientUri ?? 'no homepage', username),
  )
}

async function grantOf(provider: Provider, { prompt, params, session }: Interaction): Promise<string> {
  const grant = new provider.Grant({
    accountId: session?.accountId ?? '',
    clientId: String(params['client_id']),
  })
  const { missingOIDCScope = [], missingResourceScopes = {} } = prompt.details as {
    missingOIDCScope?: string[]
    missingResourceScopes?: Record<string, string[]>
  }
  if (missingOIDCScope.length > 0) grant.addOIDCScope(missingOIDCScope.join(' '))
  for (const [resource, scopes] of Object.entries(missingResourceScopes)) {
    grant.addResourceScope(resource, scopes.join(' '))
  }
  return grant.save()
}
