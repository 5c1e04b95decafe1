import { IDP_HOST } from '../servers.ts'

/** What a homeserver has to know of those who vouch for people, all of them at one provider. */
export type SignOnAddresses = {
  readonly endpoint: string
  readonly clientSecret: string
  /** The first one has an icon. */
  readonly groups: readonly { readonly id: string; readonly name: string; readonly clientId: string }[]
}

/** The part of Synapse's configuration that lets people in by an institution's sign-in. `icon` is a content URI. */
export function signOnConfig({ endpoint, clientSecret, groups }: SignOnAddresses, icon: string): object {
  return {
    no_proxy_hosts: ['127.0.0.1'],
    oidc_providers: groups.map(({ id, name, clientId }, index) => ({
      idp_id: id,
      idp_name: name,
      ...(index === 0 && { idp_icon: icon }),
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
    })),
  }
}
