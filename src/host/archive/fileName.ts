/** What no file system takes in a name, or a path would read as something else; and what hides or turns text. */
const unfit = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}\\/:*?"<>|]+/gu
const maxLength = 60
/** Names that Windows keeps for devices. */
const device = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i

/** A title as a name for a file, without its extension; never empty, never hidden, nothing but a name. */
export function fileName(title: string): string {
  const name = title
    .normalize('NFC')
    .replace(unfit, ' ')
    .replace(/\s+/gu, ' ')
    .replace(/^[\s.]+|[\s.]+$/gu, '')
    .slice(0, maxLength)
    .trim()
  return name === '' || device.test(name) ? 'conversation' : name
}
