/** Where a homeserver finds what it leans on. */
export type HurdleAddresses = { readonly mailPort: number; readonly captchaAddress: string }

/** The part of Synapse's configuration that asks newcomers for a mail and a captcha. */
export function hurdlesConfig(name: string, { mailPort, captchaAddress }: HurdleAddresses): object {
  return {
    registrations_require_3pid: ['email'],
    email: {
      smtp_host: '127.0.0.1',
      smtp_port: mailPort,
      force_tls: false,
      enable_tls: false,
      notif_from: `${name} <noreply@${name}>`,
      app_name: name,
    },
    enable_registration_captcha: true,
    recaptcha_public_key: 'practice',
    recaptcha_private_key: 'practice',
    recaptcha_siteverify_api: captchaAddress,
    no_proxy_hosts: ['127.0.0.1'],
  }
}
