import ipaddr from 'ipaddr.js'

// RFC 6761, 6762, 8375, 9476, and what routers and clouds use inside.
const PRIVATE_NAME = /(^|\.)(localhost|local|localdomain|internal|intranet|lan|home|home\.arpa|onion|alt)$/i

/**
 * True for a host, with or without a port, that is only reached from its own computer or network: an address that isn't
 * for the internet (RFC 6890), however it is written, or a name set aside for that. Says nothing of where a name leads.
 */
export function isPrivateHost(server: string): boolean {
  const bracketed = /^\[([^\]]*)\](?::\d{1,5})?$/.exec(server)?.[1]
  const host = bracketed ?? server.replace(/:\d{1,5}$/, '').replace(/\.$/, '')
  if (ipaddr.isValid(host)) return isPrivateAddress(host)
  return PRIVATE_NAME.test(host) || !host.includes('.')
}

/** True for an IP address that isn't for the internet, and for what is no IP address at all. */
export function isPrivateAddress(text: string): boolean {
  // An IPv4 address in IPv6's clothes is what it is underneath.
  return !ipaddr.isValid(text) || ipaddr.process(text).range() !== 'unicast'
}
