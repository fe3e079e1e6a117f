import type * as vscode from 'vscode'

/** `vscode.l10n` without translations: fills in the arguments, as the editor does where there is no bundle. */
export const plainEnglish: Pick<typeof vscode.l10n, 't'> = {
  t(message: unknown, ...args: readonly unknown[]): string {
    if (typeof message !== 'string') throw new TypeError('Only plain messages are used')
    return message.replace(/\{(\d+)\}/g, (placeholder, index: string) => {
      const value = args[Number(index)]
      return typeof value === 'string' || typeof value === 'number' ? String(value) : placeholder
    })
  },
}

/** A text without the marks that keep names in it apart from what stands beside them. */
export const plain = (text: string): string => text.replace(/[\u2068\u2069]/g, '')
