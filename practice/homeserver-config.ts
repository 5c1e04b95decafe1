import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { registrationSecret } from './accounts.ts'
import { captchaConfig, mailConfig, type HurdleAddresses } from './hurdles/hurdles-config.ts'
import { limitsConfig, type Limits } from './limits.ts'
import { signOnConfig, type SignOnAddresses } from './sign-on/sign-on-config.ts'
import { serverNames, type ServerDefinition, type SignUp } from './servers.ts'
import { waryConfig } from './wary-config.ts'

/** What changes from one start to the next. */
export type ConfigOptions = {
  readonly directory: string
  readonly port: number
  readonly proxyPort: number
  readonly limits: Limits
  /** Whether the homeservers are wary of newcomers; see `waryConfig`. */
  readonly isWary: boolean
  /** Where the OAuth 2.0 server listens for the homeserver that delegates its accounts to it. */
  readonly accountEndpoint: string | null
  /** What a homeserver leans on that asks for a mail and a captcha. */
  readonly hurdles: HurdleAddresses | null
  /** What vouches for people of a homeserver that has single sign-on. */
  readonly signOn: { readonly addresses: SignOnAddresses; readonly icon: string } | null
}

/** File name of the log of requests, in the server's folder. */
export const ACCESS_LOG = 'access.log'

/** The folder of one server inside a world or a template. */
export function serverDirectory(directory: string, name: string): string {
  return join(directory, name)
}

/** Writes a homeserver's configuration and returns its path. JSON is YAML too, so no YAML library is needed. */
export async function writeHomeserverConfig(
  server: ServerDefinition,
  options: ConfigOptions,
): Promise<string> {
  const folder = serverDirectory(options.directory, server.name)
  await mkdir(folder, { recursive: true })
  if (hasTerms(server)) await writePolicyPages(folder, server.name)
  await writeFile(join(folder, 'log.json'), JSON.stringify(logConfig(folder)))
  const path = join(folder, 'homeserver.yaml')
  await writeFile(path, JSON.stringify(homeserverConfig(server, folder, options), undefined, 2), {
    mode: 0o600,
  })
  return path
}

function homeserverConfig(server: ServerDefinition, folder: string, options: ConfigOptions): object {
  return {
    server_name: server.name,
    pid_file: join(folder, 'homeserver.pid'),
    public_baseurl: `https://${server.name}/`,
    // Names port 443 as the federation address, so that no SRV record is looked up.
    serve_server_wellknown: true,
    listeners: [
      {
        bind_addresses: ['127.0.0.1'],
        port: options.port,
        type: 'http',
        tls: true,
        resources: [
          { names: ['client', 'federation', ...(hasTerms(server) ? ['consent'] : [])], compress: false },
        ],
      },
    ],
    tls_certificate_path: join(folder, 'tls.crt'),
    tls_private_key_path: join(folder, 'tls.key'),
    federation_custom_ca_list: [join(options.directory, 'ca.pem')],
    // The name before the @ tells the proxy who is calling, so that one server can be cut off both ways.
    https_proxy: `http://${server.name}:practice@127.0.0.1:${options.proxyPort}`,
    http_proxy: `http://${server.name}:practice@127.0.0.1:${options.proxyPort}`,
    federation_domain_whitelist: serverNames,
    ip_range_whitelist: ['127.0.0.1/32'],
    trusted_key_servers: [],
    suppress_key_server_warning: true,
    // A server that comes back is spoken to again at once, not in ten minutes.
    federation: {
      destination_min_retry_interval: '1s',
      destination_max_retry_interval: '2s',
      max_short_retries: 1,
      max_long_retries: 2,
      max_long_retry_delay: '2s',
    },
    database: { name: 'sqlite3', args: { database: join(folder, 'homeserver.db') } },
    log_config: join(folder, 'log.json'),
    media_store_path: join(folder, 'media'),
    signing_key_path: join(folder, 'signing.key'),
    registration_shared_secret: registrationSecret,
    macaroon_secret_key: registrationSecret,
    form_secret: registrationSecret,
    bcrypt_rounds: 4,
    presence: { enabled: false },
    user_directory: { enabled: false },
    report_stats: false,
    url_preview_enabled: false,
    // As with media from before 2024: the icon of its single sign-on is for people who have no token yet.
    enable_authenticated_media: server.name !== 'tu-dresden.de',
    enable_metrics: false,
    caches: { global_factor: 0.2 },
    ...signUpConfig(server, folder, options),
    ...limitsConfig(options.limits),
    ...(options.isWary && waryConfig(server.name)),
  }
}

function hasTerms({ signUp }: ServerDefinition): boolean {
  return signUp === 'terms' || signUp === 'hurdles'
}

function signUpConfig(
  server: ServerDefinition,
  folder: string,
  { accountEndpoint, hurdles, signOn }: ConfigOptions,
): object {
  const password_config = { policy: passwordPolicies[server.passwords] }
  const terms = {
    password_config,
    enable_registration: true,
    user_consent: {
      template_dir: join(folder, 'policies'),
      version: '1.0',
      require_at_registration: true,
      policy_name: `Terms of ${server.name}`,
    },
  }
  const configs: Record<SignUp, object> = {
    terms: { ...terms, enable_registration_without_verification: true },
    hurdles: {
      ...terms,
      ...(hurdles && { ...mailConfig(server.name, hurdles), ...captchaConfig(hurdles) }),
    },
    tokenOrMail: {
      password_config,
      enable_registration: true,
      enable_registration_token_3pid_bypass: true,
      ...(hurdles && mailConfig(server.name, hurdles)),
    },
    token: { password_config, enable_registration: true, registration_requires_token: true },
    browser: {
      enable_registration: false,
      password_config: { enabled: false },
      matrix_authentication_service: { enabled: true, endpoint: accountEndpoint, secret: registrationSecret },
      no_proxy_hosts: ['127.0.0.1'],
    },
    signOn: {
      password_config,
      enable_registration: false,
      ...(signOn && signOnConfig(signOn.addresses, signOn.icon)),
    },
    closed: { password_config, enable_registration: false },
  }
  return configs[server.signUp]
}

const passwordPolicies = {
  any: { enabled: false },
  eight: { enabled: true, minimum_length: 8 },
  strict: { enabled: true, minimum_length: 10, require_digit: true, require_uppercase: true },
} as const satisfies Record<ServerDefinition['passwords'], object>

async function writePolicyPages(folder: string, name: string): Promise<void> {
  const pages = join(folder, 'policies', 'en')
  await mkdir(pages, { recursive: true })
  const page = (text: string) =>
    `<!doctype html><html lang="en"><title>${name}</title><p>${text}</p></html>\n`
  await writeFile(
    join(pages, '1.0.html'),
    page(`Practice terms of ${name}: be kind. Nothing leaves this computer.`),
  )
  await writeFile(join(pages, 'success.html'), page('Thank you.'))
}

function logConfig(folder: string): object {
  const file = { class: 'logging.FileHandler', filename: join(folder, 'homeserver.log'), formatter: 'line' }
  const access = { class: 'logging.FileHandler', filename: join(folder, ACCESS_LOG), formatter: 'line' }
  return {
    version: 1,
    disable_existing_loggers: false,
    formatters: { line: { format: '%(asctime)s %(levelname)s %(name)s %(message)s' } },
    handlers: { file, access },
    // Every request in one line: what tests count, see access-log.ts.
    loggers: { 'synapse.access': { level: 'INFO', handlers: ['access'], propagate: false } },
    root: { level: 'WARNING', handlers: ['file'] },
  }
}
