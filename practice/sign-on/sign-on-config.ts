import { IDP_HOST } from '../servers.ts'

/** What a homeserver has to know of the institution whose people it takes in. */
export type SignOnAddresses = {
  readonly endpoint: string
  readonly clientId: string
  readonly clientSecret: string
}

/** The part of Synapse's configuration that lets people in by an institution's sign-in. */
export function signOnConfig({ endpoint, clientId, clientSecret }: SignOnAddresses): object {
  return {
    no_proxy_hosts: ['127.0.0.1'],
    oidc_providers: [
      {
        idp_id: 'university',
        idp_name: 'TU Dresden',
        // Browsers go by the name, the homeserver itself by loopback.
        discover: false,
        skip_verification: true,
        issuer: `https://${IDP_HOST}/`,
        authorization_endpoint: `https://${IDP_HOST}/auth`,
        token_endpoint: new URL('token', endpoint).href,
        jwks_uri: new URL('jwks', endpoint).href,
        client_id: clientId,
        client_secret: clientSecret,
        client_auth_method: 'client_secret_post',
        scopes: ['openid'],
        allow_existing_users: true,
        user_mapping_provider: {
          config: { localpart_template: '{{ user.sub }}', display_name_template: '{{ user.sub }}' },
        },
      },
    ],
  }
}
