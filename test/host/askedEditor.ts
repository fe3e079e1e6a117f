/** What the user was asked or told, and the answers that were offered. */
export interface Asked {
  readonly by: string
  readonly text: string
  readonly detail: string
  readonly offered: readonly string[]
  /** Whether what is typed stays there while the keyboard is elsewhere. */
  readonly stays: boolean
}

/** What the user of `askedEditor` reads, and does: an answer is what is taken of what is offered, or what is typed. */
export interface User {
  readonly asked: Asked[]
  /** Given in their order; nothing is given once there are none left. */
  readonly answers: string[]
}

/** Of an editor, what asks and says: the source of a module in its place, for `importWithEditor`. */
export const askedEditor = `
globalThis.user = { asked: [], answers: [] }
const ask = (by, text, detail, offered, stays = false) => {
  globalThis.user.asked.push({ by, text, detail: detail ?? '', offered, stays })
  return globalThis.user.answers.shift()
}
const message = (by) => async (text, ...rest) => {
  const offered = rest.filter((one) => typeof one === 'string')
  return ask(by, text, rest.find((one) => typeof one === 'object')?.detail, offered)
}
export const window = {
  showWarningMessage: message('warning'),
  showInformationMessage: message('information'),
  showQuickPick: async (items, { title, placeHolder, canPickMany }) => {
    const answer = ask('pick', title, placeHolder, items.map(({ label }) => label))
    const picked = items.find(({ label }) => answer !== undefined && label.includes(answer))
    return canPickMany && picked ? [picked] : picked
  },
  showInputBox: async ({ title, prompt, value, ignoreFocusOut }) => ask('input', title, prompt, [value], ignoreFocusOut),
  showOpenDialog: async () => [{ scheme: 'file', fsPath: '/chosen' }],
  withProgress: (_, work) => work(),
}
export const commands = { executeCommand: async () => undefined }
export const env = { language: 'en' }
export const ProgressLocation = {}
export const Uri = { file: (path) => ({ path }) }
export const Disposable = { from: (...all) => all }
export const l10n = { t: (text, ...filled) => text.replace(/\\{(\\d)\\}/g, (_, index) => filled[index]) }`

/** The user of the editor that a module was imported with, who has seen nothing yet and will give these answers. */
export function userOf(...answers: readonly string[]): User {
  const { user } = globalThis as unknown as { user: User }
  user.asked.splice(0)
  user.answers.splice(0, user.answers.length, ...answers)
  return user
}
