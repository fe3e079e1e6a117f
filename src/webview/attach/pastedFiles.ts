/** Word processors and spreadsheets hand over what was copied as formatted text, and a picture of it beside that. */
const formatted = 'text/rtf'

/** The files that are pasted. A picture of a text is none: the text is what is meant. */
export function pastedFiles(data: Pick<DataTransfer, 'types' | 'files'> | null): readonly File[] {
  return data === null || data.types.includes(formatted) ? [] : Array.from(data.files)
}
