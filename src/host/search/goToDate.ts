import * as vscode from 'vscode'
import { startOf } from './startOf.ts'

/** Asks for a day; resolves to its first moment in this machine's time zone, or `undefined`. */
export async function askForDate(): Promise<number | undefined> {
  const typed = await vscode.window.showInputBox({
    title: vscode.l10n.t('Go to Date'),
    prompt: vscode.l10n.t('A day, a month or a year: 2026-11-28, 2026-11, 2026, today or yesterday'),
    placeHolder: dayText(new Date()),
    validateInput: (value) =>
      value.trim() === '' || startOf(value, new Date()) !== undefined
        ? undefined
        : vscode.l10n.t('Write a day such as 2026-11-28.'),
  })
  return typed === undefined ? undefined : startOf(typed.trim() === '' ? 'today' : typed, new Date())
}

const dayText = (date: Date): string =>
  [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((part) => String(part).padStart(2, '0')).join('-')
