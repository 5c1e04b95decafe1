import type { ServerName } from './servers.ts'

/**
 * The part of a homeserver's configuration that makes it wary: matrix.org takes as many sign-ups from one address as
 * Synapse's defaults let through, the admins of matrix.mathesar.org let each new account in by hand (MSC3866), sessions on
 * auxolotl.org end by themselves after a while (soft logout), and some accounts on gitter.im have to be renewed.
 */
export function waryConfig(name: ServerName): object {
  switch (name) {
    case 'matrix.org':
      return { rc_registration: { per_second: 0.17, burst_count: 3 } }
    case 'matrix.mathesar.org':
      return {
        experimental_features: { msc3866: { enabled: true, require_approval_for_new_accounts: true } },
      }
    case 'auxolotl.org':
      return { session_lifetime: `${SESSION_LIFETIME}s` }
    case 'gitter.im':
      return { modules: [{ module: 'expiry.Expiry', config: { prefix: EXPIRED_PREFIX } }] }
    case 'tu-dresden.de':
      return {}
  }
}

/** Accounts on gitter.im with such names have to be renewed. */
export const EXPIRED_PREFIX = 'expired-'

/** How long a session on auxolotl.org lasts there, in seconds. */
export const SESSION_LIFETIME = 20
