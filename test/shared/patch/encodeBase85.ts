const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~'
const lengths = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** Bytes as git writes them in a patch: lines of up to 52, each ended. */
export function encodeBase85(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 52) {
    const line = bytes.subarray(at, at + 52)
    text += lengths.charAt(line.length - 1)
    for (let group = 0; group < line.length; group += 4) text += encodeGroup(line.subarray(group, group + 4))
    text += '\n'
  }
  return text
}

function encodeGroup(group: Uint8Array): string {
  let value = [0, 1, 2, 3].reduce((sum, at) => sum * 256 + (group[at] ?? 0), 0)
  let text = ''
  for (let digit = 0; digit < 5; digit++) {
    text = alphabet.charAt(value % 85) + text
    value = Math.floor(value / 85)
  }
  return text
}
