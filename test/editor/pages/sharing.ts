import type { Locator } from 'playwright-core'
import type { HeadlessPeer } from '../../headless/headlessPeer.ts'
import type { ConversationId } from '../../../src/shared/ids.ts'
import type { MessageBody } from '../../../src/shared/service.ts'
import { probe } from '../harness/probe.ts'
import type { Workbench } from '../harness/workbench.ts'
import { getsKeyboard } from './keyboard.ts'
import { tincanView } from './tincanView.ts'

/** The preview of what is about to be shared, and the question who gets it. */
export interface SharePreview {
  /** The lines of the preview, as far as they are in sight, once they say this: the preview follows what is chosen. */
  readonly text: (once?: RegExp) => Promise<string>
  /** The marked receiver gets it. */
  readonly send: () => Promise<void>
  readonly cancel: () => Promise<void>
}

/** Waits until something is about to be shared; `what` is how the question names it. */
export async function sharePreview(workbench: Workbench, what: string | RegExp): Promise<SharePreview> {
  const { page, quickInput } = workbench
  await quickInput.locator('.quick-input-title').filter({ hasText: what }).waitFor()
  await quickInput.getByRole('option').first().waitFor()
  const close = async (key: string): Promise<void> => {
    await page.keyboard.press(key)
    await quickInput.waitFor({ state: 'hidden' })
  }
  return {
    text: async (once = /^/) => {
      await page.getByRole('tab', { name: /^Preview of /, selected: true }).waitFor()
      return probe(`a preview with ${String(once)}`, 20_000, async () => {
        const shown = await workbench.editorText()
        return once.test(shown) ? shown : undefined
      })
    },
    send: async () => {
      await close('Enter')
      // Afterwards one writes where it went. A key pressed before that could meet another part of the editor.
      const { composer } = tincanView(workbench)
      await composer.waitFor()
      await getsKeyboard(composer)
    },
    cancel: () => close('Escape'),
  }
}

/** A file in the explorer, which is brought to the front. */
export async function explorerFile(workbench: Workbench, name: string): Promise<Locator> {
  const tree = workbench.sideBar.getByRole('tree', { name: 'Files Explorer' })
  await bringToFront(workbench, 'Explorer', tree)
  return tree.getByRole('treeitem', { name, exact: true })
}

/** A row of the source control view, which is brought to the front. */
export async function sourceControlRow(workbench: Workbench, name: RegExp): Promise<Locator> {
  const tree = workbench.sideBar.getByRole('tree', { name: 'Source Control Management' })
  await bringToFront(workbench, /^Source Control/, tree)
  return tree.getByRole('treeitem', { name }).first()
}

async function bringToFront(workbench: Workbench, container: string | RegExp, tree: Locator): Promise<void> {
  await probe(`the view ${String(container)}`, 30_000, async () => {
    if (await tree.isVisible()) return true
    await workbench.page.locator('[id="workbench.parts.activitybar"]').getByRole('tab', { name: container }).click()
    // What the editor tells of an icon that is pointed at lies over the rows.
    await workbench.page.mouse.move(640, 300)
    await tree.waitFor({ timeout: 2_000 })
    return true
  })
}

/** The bodies of the newest messages that somebody has, oldest first, once there are `count` more than before. */
export class Received {
  readonly #peer: HeadlessPeer
  readonly #conversation: ConversationId
  #count = 0

  constructor(peer: HeadlessPeer, conversation: ConversationId) {
    this.#peer = peer
    this.#conversation = conversation
  }

  async next(count = 1): Promise<readonly MessageBody[]> {
    const bodies = await this.#peer.until('what was shared', async () => {
      const all = await this.#all()
      return all.length >= this.#count + count ? all : undefined
    })
    const fresh = bodies.slice(this.#count)
    this.#count = bodies.length
    return fresh
  }

  /** Whether nothing came since the last look. */
  async isQuiet(): Promise<boolean> {
    return (await this.#all()).length === this.#count
  }

  async #all(): Promise<MessageBody[]> {
    const { messages } = await this.#peer.request('conversation/history', {
      conversation: this.#conversation,
      limit: 200,
    })
    return messages.map(({ body }) => body).filter(({ kind }) => kind !== 'notice')
  }
}
