/**
 * The text of a page's bytes: by its byte order mark, else UTF-8, else what its HTML says of itself, else Windows-1252, which takes
 * any byte.
 */
export function pageText(bytes: Uint8Array): string {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    const start = new TextDecoder('windows-1252').decode(bytes.subarray(0, 2_048))
    const label = /charset=["']?([\w-]{2,30})/i.exec(start)?.[1] ?? 'windows-1252'
    try {
      return new TextDecoder(label).decode(bytes)
    } catch {
      return new TextDecoder('windows-1252').decode(bytes)
    }
  }
}
