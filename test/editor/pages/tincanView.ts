import type { FrameLocator, Locator } from 'playwright-core'
import { plant } from '../../record/planted.ts'
import type { WebviewPlace } from '../harness/webviewPlaces.ts'
import type { Workbench } from '../harness/workbench.ts'
import { words } from './words.ts'

/** Tincan's conversation view, in the side bar or in an editor tab, by what people see and read in it. */
export interface TincanView {
  readonly frame: FrameLocator
  readonly button: (name: string) => Locator
  readonly heading: (text: string | RegExp) => Locator
  /** Goes from the welcome screen through name and recovery phrase. Returns the words of the phrase. */
  firstRun(
    name: string,
    shown?: (screen: 'welcome' | 'name' | 'phrase' | 'start') => Promise<void>,
  ): Promise<readonly string[]>
  /** The field to write in. */
  readonly composer: Locator
  /** Writes a message and sends it as people do, with Enter. */
  send(text: string): Promise<void>
  /** The list of messages. */
  readonly log: Locator
  /** The message that shows `text`. */
  message(text: string | RegExp): Locator
}

export function tincanView(workbench: Workbench, place: WebviewPlace = 'sideBar'): TincanView {
  const frame = workbench.webview(place)
  const button = (name: string): Locator => frame.getByRole('button', { name, exact: true })
  const heading = (text: string | RegExp): Locator => frame.getByRole('heading', { name: text })
  const composer = frame.getByRole('textbox', { name: /^Message to / })
  const log = frame.getByRole('log')
  return {
    frame,
    button,
    heading,
    composer,
    log,
    message: (text) => log.getByRole('article').filter({ hasText: text }),
    async firstRun(name, shown = async () => undefined) {
      await button(words('welcomeBegin')).waitFor()
      await shown('welcome')
      await button(words('welcomeBegin')).click()

      await frame.getByRole('textbox', { name: words('nameLabel') }).fill(name)
      await shown('name')
      await button(words('nameContinue')).click()

      const items = frame.getByRole('list', { name: words('phraseList') }).getByRole('listitem')
      await items.first().waitFor()
      const phrase = (await items.allInnerTexts()).map((text) => text.replace(/[^a-z]/g, ''))
      plant(phrase.join(' '))
      await shown('phrase')
      await button(words('phraseWritten')).click()

      await heading(words('startTitle', name)).waitFor()
      await shown('start')
      return phrase
    },
    async send(text) {
      plant(text)
      await composer.fill(text)
      await composer.press('Enter')
    },
  }
}
