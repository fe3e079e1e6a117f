import { type BrowserContext, chromium } from 'playwright-core'
import { findChromium } from './chromium.ts'
import { collectComplaints, type Complaint } from './complaints.ts'
import { keepPicture } from './keepPicture.ts'
import { markWebviews } from './webviewPlaces.ts'
import { openWorkbench, type Workbench } from './workbench.ts'

/** The browser of one person: its profile keeps the editor's secrets over reloads and restarts. */
export interface Browser {
  /** Errors and policy violations of our own code in any window so far. */
  readonly complaints: readonly Complaint[]
  /** Opens the editor at `url` in a new window (a tab), and resolves when the workbench is restored. */
  open(url: string): Promise<Workbench>
  /** Keeps a picture of every window. */
  picture(name: string): Promise<void>
  /** Closes every window and the browser. */
  close(): Promise<void>
}

/** Starts a browser without a display on a profile folder. It resolves no name but this machine's own. */
export async function startBrowser(profile: string): Promise<Browser> {
  const context: BrowserContext = await chromium.launchPersistentContext(profile, {
    executablePath: findChromium(),
    headless: true,
    viewport: { width: 1280, height: 860 },
    screen: { width: 1920, height: 1080 },
    locale: 'en-US',
    timezoneId: 'UTC',
    reducedMotion: 'reduce',
    permissions: ['clipboard-read', 'clipboard-write'],
    args: ['--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost'],
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  })
  const complaints = collectComplaints(context)
  await markWebviews(context)
  return {
    complaints,
    async open(url) {
      const blank = context.pages().find((page) => page.url() === 'about:blank')
      return openWorkbench(blank ?? (await context.newPage()), url)
    },
    async picture(name) {
      for (const [index, page] of context.pages().entries()) await keepPicture(page, `${name}-${index + 1}`)
    },
    async close() {
      await context.close()
    },
  }
}
