/** Where a homeserver finds what it leans on. */
export type HurdleAddresses = { readonly mailPort: number; readonly captchaAddress: string }

/** The part of Synapse's configuration that asks newcomers for a mail. */
export function mailConfig(name: string, { mailPort }: HurdleAddresses): object {
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
  }
}

/** The part that has them show that they are human. */
export function captchaConfig({ captchaAddress }: HurdleAddresses): object {
  return {
    enable_registration_captcha: true,
    recaptcha_public_key: 'practice',
    recaptcha_private_key: 'practice',
    recaptcha_siteverify_api: captchaAddress,
    no_proxy_hosts: ['127.0.0.1'],
  }
}
