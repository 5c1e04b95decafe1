// What UTF-8 looks like when its bytes are taken for another encoding: which byte each of these characters stands for.
const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009Dž\u009F'
const MAC_ROMAN =
  'ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø¿¡¬√ƒ≈∆«»…\u00A0ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\uF8FFÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ'

const windows = new Map<string, number>([
  ...Array.from({ length: 96 }, (_, index): [string, number] => [
    String.fromCodePoint(160 + index),
    160 + index,
  ]),
  ...Array.from(WINDOWS_1252, (character, index): [string, number] => [character, 128 + index]),
])
const mac = new Map(Array.from(MAC_ROMAN, (character, index): [string, number] => [character, 128 + index]))

/**
 * Text in which UTF-8 was taken for Windows-1252 or Mac Roman (“â€™”, “‚Äì”), with what was meant put back. Only what
 * is wholly explained by such a mistake is changed; characters that stand for lost bytes are left out.
 */
export function repairEncoding(text: string): string {
  if (!/[\u0080-\uFFFF]/.test(text)) return text
  return text
    .replace(/[\u0080-\uFFFF]{2,400}/g, (run) => decodeAs(run, windows) ?? decodeAs(run, mac) ?? run)
    .replaceAll('\uFFFD', '')
}

function decodeAs(run: string, table: ReadonlyMap<string, number>): string | null {
  const bytes: number[] = []
  for (const character of run) {
    const byte = table.get(character)
    if (byte === undefined) return null
    bytes.push(byte)
  }
  return decodeUtf8(bytes)
}

// RFC 3629. Only sequences of two to four bytes occur, as plain letters end a run.
function decodeUtf8(bytes: readonly number[]): string | null {
  let text = ''
  for (let at = 0; at < bytes.length;) {
    const lead = bytes[at] ?? 0
    const length = lead >= 0xf0 && lead < 0xf5 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 && lead < 0xe0 ? 2 : 0
    if (length === 0 || lead >= 0xf5) return null
    let code = lead & (0xff >> (length + 1))
    for (let next = 1; next < length; next++) {
      const byte = bytes[at + next] ?? 0
      if (byte < 0x80 || byte > 0xbf) return null
      code = (code << 6) | (byte & 0x3f)
    }
    const isTooShort = code < [0, 0, 0x80, 0x800, 0x10000][length]!
    if (isTooShort || code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) return null
    text += String.fromCodePoint(code)
    at += length
  }
  return text
}
