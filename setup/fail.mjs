/** Something the person at the keyboard can act on. The message is the whole story: one sentence, what to do. */
export class SetupProblem extends Error {}

const networkTrouble =
  /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ERR_SOCKET|UND_ERR|fetch failed|Could not resolve|Temporary failure|NewConnectionError|ConnectTimeout|ProxyError|Cannot connect to proxy|Max retries exceeded/i
const certificateTrouble = /SELF_SIGNED|UNABLE_TO_GET_ISSUER|UNABLE_TO_VERIFY|CERTIFICATE_VERIFY_FAILED|CERT_/
const checksumTrouble = /EINTEGRITY|DO NOT MATCH THE HASHES|Hash Sum mismatch|checksum/i
const diskTrouble = /ENOSPC|No space left/i

/**
 * Translates what another program printed before it gave up into one sentence. Most telling first: a full disk
 * also makes checksums differ, and pip reports a wrong certificate as a failed connection.
 * @param {string} what what was being done, as the start of a sentence: "Installing the packages"
 * @param {string} output
 * @param {string} [logFile] where the whole output can be read
 * @returns {SetupProblem}
 */
export function explain(what, output, logFile) {
  if (diskTrouble.test(output))
    return new SetupProblem(`${what} filled the disk: free some space and run again.`)
  if (certificateTrouble.test(output))
    return new SetupProblem(
      `${what} met a certificate this machine does not trust: point NODE_EXTRA_CA_CERTS and PIP_CERT at your network's certificate file and run again.`,
    )
  if (checksumTrouble.test(output))
    return new SetupProblem(
      `${what} stopped because a checksum differs from the pinned one, so nothing of it was kept: run again, and if it stays, check the proxy or mirror in between.`,
    )
  if (networkTrouble.test(output)) return new SetupProblem(`${what} failed: ${networkAdvice(process.env)}`)
  return new SetupProblem(`${what} failed${logFile ? `: the reason is at the end of ${logFile}` : ''}.`)
}

/**
 * Names the proxy variables, never their values: those may carry a password.
 * @param {NodeJS.ProcessEnv} env
 */
export function networkAdvice(env) {
  const proxies = Object.keys(env).filter(
    (name) => /^(npm_config_)?(https?|all)_?proxy$/i.test(name) && env[name],
  )
  return proxies.length > 0
    ? `nothing could be reached through the proxy set in ${proxies.join(', ')}; correct or unset it and run again.`
    : 'the package registry could not be reached; check the network (behind a proxy, set HTTPS_PROXY) and run again.'
}

/**
 * The last line of a failed run. Errors nobody foresaw still become one sentence; FOYER_DEBUG=1 shows the rest.
 * @param {unknown} error
 * @returns {string}
 */
export function sentenceFor(error) {
  if (error instanceof SetupProblem) return error.message
  const code = errorCode(error)
  const path = error instanceof Error && 'path' in error ? String(error.path) : 'A folder'
  if (code === 'ENOSPC') return 'The disk is full: free some space and run again.'
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return `${path} cannot be written: make it writable, or set XDG_CACHE_HOME to a folder that is, and run again.`
  return `The set-up met something it does not know (${String(error)}); FOYER_DEBUG=1 shows the details.`
}

/**
 * The code by which the system names an error, such as ENOENT.
 * @param {unknown} error
 */
export function errorCode(error) {
  return error instanceof Error && 'code' in error ? error.code : undefined
}
