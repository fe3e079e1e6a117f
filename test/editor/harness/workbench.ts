import type { FrameLocator, Locator, Page } from 'playwright-core'
import { chooseInMenu } from './chooseInMenu.ts'
import { keepPicture } from './keepPicture.ts'
import { probe } from './probe.ts'
import type { Theme } from './themes.ts'
import { type WebviewPlace, webviewSelector } from './webviewPlaces.ts'

/** One window of the editor, as somebody sees and uses it. */
export interface Workbench {
  readonly page: Page
  /** Runs a command by its title in the command palette, such as `Tincan: Invite Somebody`. */
  run(title: string): Promise<void>
  /** The input at the top: quick picks, input boxes, the palette. */
  readonly quickInput: Locator
  /** Answers an input box. */
  type(text: string): Promise<void>
  /** Picks the first row of the quick pick that contains `label`. */
  pick(label: string | RegExp): Promise<void>
  /** A message at the lower right, or a dialog in the middle, that contains `text`. */
  notification(text: string | RegExp): Locator
  /** Presses a button of such a message. */
  answer(text: string | RegExp, button: string): Promise<void>
  /** Removes every message at the lower right. */
  dismissNotifications(): Promise<void>
  /** The icon of a container in the activity bar. */
  activity(title: string): Locator
  readonly sideBar: Locator
  readonly statusBar: Locator
  /** What an extension's webviews show; the view in the side bar, or the editor tab. */
  webview(place: WebviewPlace): FrameLocator
  openFile(name: string): Promise<void>
  /** Selects whole lines of the active text editor. */
  selectLines(first: number, last: number): Promise<void>
  /** Opens the context menu of the active text editor at its selection, and chooses an entry. */
  contextMenu(entry: RegExp): Promise<void>
  /** Opens the context menu of a row in a list or a tree, and chooses an entry. */
  rowMenu(row: Locator, entry: RegExp): Promise<void>
  /** The text of the active text editor, as shown. */
  editorText(): Promise<string>
  useTheme(theme: Theme): Promise<void>
  readClipboard(): Promise<string>
  /** Turns to this window, or away from it, as the operating system would tell the editor. */
  turn(isThere: boolean): Promise<void>
  /** Reloads the window as the editor's own command does. */
  reload(): Promise<void>
  /** Loads the page anew, as somebody does whose editor went away and came back. */
  reopen(): Promise<void>
  /** Keeps a picture in `artifacts/editor`. */
  picture(name: string): Promise<void>
  close(): Promise<void>
}

/** What is still loading when a page goes away is a fault to the editor. */
async function fontsAreThere(page: Page): Promise<void> {
  const loaded = page.frames().map((frame) => frame.evaluate(() => document.fonts.ready.then(() => true)))
  await Promise.race([Promise.allSettled(loaded), page.waitForTimeout(5_000)])
}

/** Loads the editor into a page, and resolves when the workbench is restored. */
export async function openWorkbench(page: Page, url: string): Promise<Workbench> {
  page.setDefaultTimeout(30_000)
  const quickInput = page.locator('.quick-input-widget')
  const rows = quickInput.getByRole('option')
  const input = quickInput.locator('input[type="text"], input[type="password"]').first()
  const messages = page.locator('.notification-toast, .monaco-dialog-box')
  const sideBar = page.locator('[id="workbench.parts.sidebar"]')

  const restored = async (): Promise<void> => {
    await page.locator('.monaco-workbench').waitFor()
    await page.locator('[id="workbench.parts.statusbar"]').waitFor()
  }
  const openPalette = async (): Promise<void> => {
    await probe('the command palette', 30_000, async () => {
      await page.keyboard.press('F1')
      await input.waitFor({ timeout: 1_000 })
      return true
    })
  }
  const run = async (title: string): Promise<void> => {
    // Right after a start the palette does not know the commands of extensions yet: open it anew until it does.
    await probe(`the command ${title}`, 30_000, async () => {
      await openPalette()
      try {
        // It closes by itself when something else takes the keyboard.
        await input.fill(`>${title}`, { timeout: 2_000 })
        await rows.filter({ hasText: title }).first().click({ timeout: 2_000 })
        return true
      } catch (error) {
        await page.keyboard.press('Escape')
        throw error
      }
    })
  }

  /** The theme that was chosen here last. */
  let used: Theme | undefined

  await page.goto(url)
  await restored()

  return {
    page,
    run,
    quickInput,
    sideBar,
    statusBar: page.locator('[id="workbench.parts.statusbar"]'),
    async type(text) {
      // What takes the keyboard in between takes the text as well.
      await probe('the text in the input', 30_000, async () => {
        await input.fill(text)
        return (await input.inputValue()) === text ? true : undefined
      })
      await input.press('Enter')
    },
    async pick(label) {
      await rows.filter({ hasText: label }).first().click()
    },
    notification: (text) => messages.filter({ hasText: text }).first(),
    async answer(text, button) {
      const message = messages.filter({ hasText: text }).first()
      await message.getByRole('button', { name: button, exact: true }).click()
    },
    async dismissNotifications() {
      await run('Notifications: Clear All Notifications')
      await page.locator('.notification-toast').waitFor({ state: 'hidden' })
    },
    activity: (title) => page.locator('[id="workbench.parts.activitybar"]').getByRole('tab', { name: title }),
    webview: (place) => page.frameLocator(webviewSelector(place)).frameLocator('iframe#active-frame'),
    async openFile(name) {
      await probe(`the file ${name}`, 30_000, async () => {
        await openPalette()
        await input.fill(name, { timeout: 2_000 })
        await rows.filter({ hasText: name }).first().click({ timeout: 5_000 })
        return true
      })
      await page.getByRole('tab', { name, selected: true }).first().waitFor()
    },
    async selectLines(first, last) {
      await probe(`line ${first}`, 30_000, async () => {
        await openPalette()
        await input.fill(`:${first}:1`, { timeout: 2_000 })
        await input.press('Enter', { timeout: 2_000 })
        await quickInput.waitFor({ state: 'hidden', timeout: 5_000 })
        // The keyboard comes back to the editor a moment later.
        await page.locator('.editor-instance .monaco-editor.focused').first().waitFor({ timeout: 2_000 })
        return true
      })
      for (let line = first; line < last; line++) await page.keyboard.press('Shift+ArrowDown')
      await page.keyboard.press('Shift+End')
    },
    contextMenu: (entry) => chooseInMenu(page, entry, () => page.keyboard.press('Shift+F10')),
    rowMenu: (row, entry) => chooseInMenu(page, entry, () => row.click({ button: 'right' })),
    async editorText() {
      const lines = await page.locator('.editor-instance .view-lines').first().locator('.view-line').allInnerTexts()
      return lines.map((line) => line.replaceAll('\u00a0', ' ')).join('\n')
    },
    async useTheme(theme) {
      if (used === theme) return
      used = theme
      await run('Preferences: Color Theme')
      await input.fill(theme.label)
      await rows.filter({ hasText: theme.label }).first().click()
      await page.locator(`.monaco-workbench.${theme.workbenchClass}`).waitFor()
      await quickInput.waitFor({ state: 'hidden' })
    },
    readClipboard: () => page.evaluate('navigator.clipboard.readText()'),
    async reload() {
      await fontsAreThere(page)
      await Promise.all([page.waitForEvent('load'), run('Developer: Reload Window')])
      await restored()
    },
    async reopen() {
      await page.goto(url)
      await restored()
    },
    turn: (isThere) =>
      page.evaluate((hasFocus) => {
        Object.defineProperty(document, 'hasFocus', { value: () => hasFocus, configurable: true })
        window.dispatchEvent(new Event(hasFocus ? 'focus' : 'blur'))
      }, isThere),
    picture: (name) => keepPicture(page, name),
    async close() {
      await fontsAreThere(page)
      await page.close()
    },
  }
}
