/** Parses JSON with comments and trailing commas, as the editor's own files have them. `undefined`: it is none. */
export function parseJsonc(text: string): unknown {
  try {
    return JSON.parse(withoutTrailingCommas(withoutComments(text.replace(/^\uFEFF/, '')))) as unknown
  } catch {
    return undefined
  }
}

const strings = String.raw`"(?:[^"\\]|\\.)*"`
const commentOrString = new RegExp(String.raw`(${strings})|//[^\n\r]*|/\*[^]*?\*/`, 'g')
const commaOrString = new RegExp(String.raw`(${strings})|,(?=\s*[}\]])`, 'g')

const withoutComments = (text: string): string => text.replace(commentOrString, (_, kept?: string) => kept ?? ' ')
const withoutTrailingCommas = (text: string): string => text.replace(commaOrString, (_, kept?: string) => kept ?? '')
