import type { Page } from 'playwright-core'

/** Elements that fetch, run, frame, style or submit: none of them ever comes out of a message. */
export const forbidden =
  'script,iframe,frame,object,embed,img,image,video,audio,source,svg,math,form,base,meta,link,style,template'

export interface Watch {
  readonly happened: string[]
}

/** Notices everything that hostile content could achieve in a page. */
export async function watch(page: Page): Promise<Watch> {
  const happened: string[] = []
  const origin = new URL(page.url()).origin
  await page.evaluate(() => {
    Object.assign(window, { pwned: () => window.fakeHost.errors.push('pwned') })
  })
  page.on('dialog', (dialog) => void dialog.dismiss())
  page.on('dialog', () => happened.push('a dialog'))
  page.on('popup', () => happened.push('a window'))
  page.on('framenavigated', (frame) => happened.push(`went to ${frame.url()}`))
  page.on('request', (request) => {
    if (!request.url().startsWith(origin)) happened.push(`asked for ${request.url()}`)
  })
  return { happened }
}

/** What is in the messages, or within something else, that must not be. */
export const strangeElements = (page: Page, within = 'article'): Promise<string[]> =>
  page.evaluate(
    ([selector, within]) => {
      const found = [...document.querySelectorAll(within)].flatMap((article) => [
        ...[...article.querySelectorAll(selector)].map((element) => element.outerHTML.slice(0, 80)),
        ...[...article.querySelectorAll('*')].flatMap((element) =>
          element.getAttributeNames().filter((name) => name.startsWith('on') || name === 'style'),
        ),
        ...[...article.querySelectorAll('a')]
          .map((link) => link.getAttribute('href') ?? '')
          .filter((href) => !/^(?:https?:\/\/|mailto:)/i.test(href)),
      ])
      return found
    },
    [forbidden, within] as const,
  )
