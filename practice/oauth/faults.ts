/** What a test may turn on the OAuth 2.0 server while it runs. */
export type OauthFaults = {
  /** Seconds; of tokens handed out from now on. */
  accessTokenLifetime: number
  /** Seconds. */
  deviceCodeLifetime: number
  /** Answers 429 to apps that want to register. */
  isRegistrationLimited: boolean
  /** So many answers to refreshes get lost on the way, after the tokens were rotated. */
  refreshAnswersToLose: number
  /** The device grant's answer has a link that holds the code, which the Matrix Authentication Service leaves out. */
  hasCompleteLink: boolean
}

/** As matrix.org's server behaves. */
export function noFaults(): OauthFaults {
  return {
    accessTokenLifetime: 300,
    deviceCodeLifetime: 1200,
    isRegistrationLimited: false,
    refreshAnswersToLose: 0,
    hasCompleteLink: false,
  }
}
