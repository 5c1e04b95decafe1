import { safeStorage } from 'electron'
import type { KeptToken } from './pass-record.ts'

/**
 * True where a real keyring backs Electron's safeStorage. On Linux it claims to encrypt with `basic_text` too, whose
 * key is the same on every computer (Electron docs, safeStorage).
 */
export function hasKeyring(): boolean {
  if (!safeStorage.isEncryptionAvailable()) return false
  return process.platform !== 'linux' || safeStorage.getSelectedStorageBackend() !== 'basic_text'
}

/** Makes a token ready for the disk. `inFile` must be the newcomer's own choice. Null: it must not be kept at all. */
export function sealToken(token: string, inFile: boolean): KeptToken | null {
  if (hasKeyring()) return { kind: 'keyring', cipher: safeStorage.encryptString(token).toString('base64') }
  return inFile ? { kind: 'file', token } : null
}

/** The token again; null when the keyring is locked, gone, or another one. */
export function unsealToken(kept: KeptToken): string | null {
  if (kept.kind === 'file') return kept.token
  try {
    return hasKeyring() ? safeStorage.decryptString(Buffer.from(kept.cipher, 'base64')) : null
  } catch {
    return null
  }
}
