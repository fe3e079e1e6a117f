import { existsSync } from 'node:fs'
import { cp, mkdir, symlink } from 'node:fs/promises'
import path from 'node:path'
import { type Browser, startBrowser } from './browser.ts'
import { repository } from './codeServer.ts'
import { createDemoWorkspace } from './demoWorkspace.ts'
import { createEditorServer, type EditorServer } from './editorServer.ts'
import type { Workbench } from './workbench.ts'

/** Where the extension comes from: a package, a folder that one was installed into, or this repository as built last. */
export type Extension =
  | { readonly kind: 'package'; readonly vsix: string }
  | { readonly kind: 'installed'; readonly folder: string }
  | { readonly kind: 'source' }

export interface PersonInit {
  readonly name: string
  /** Holds everything of this person. */
  readonly folder: string
  readonly extension: Extension
  /** Settings of the editor, for one the nodes of the private DHT. */
  readonly settings: Readonly<Record<string, unknown>>
}

/** Somebody with an editor of their own, on a machine of their own as far as the editor can tell. */
export interface Person {
  readonly name: string
  readonly server: EditorServer
  /** The folder that is open in the editor: a git repository with a few source files. */
  readonly workspace: string
  readonly url: string
}

/** Prepares an editor with the extension in it and a folder to open, and starts its server. */
export async function startPerson(init: PersonInit): Promise<Person> {
  const workspace = path.join(init.folder, 'demo')
  await mkdir(init.folder, { recursive: true })
  await createDemoWorkspace(workspace, init.name)
  const server = await createEditorServer({ folder: init.folder, settings: init.settings })
  const { extension } = init
  if (extension.kind === 'package') await server.install(extension.vsix)
  else if (extension.kind === 'installed') await cp(extension.folder, server.extensionsFolder, { recursive: true })
  else await linkSource(server.extensionsFolder)
  await server.start()
  return { name: init.name, server, workspace, url: server.url(workspace) }
}

/** Somebody at the keyboard: the person, their browser, and the window that is open in it. */
export interface SeatedPerson extends Person {
  readonly browser: Browser
  readonly workbench: Workbench
  /** Closes the browser and ends the editor. */
  end(): Promise<void>
}

/** Opens a person's editor in a browser with a profile of its own. */
export async function seatPerson(person: Person, folder: string): Promise<SeatedPerson> {
  const browser = await startBrowser(path.join(folder, 'browser'))
  const end = async (): Promise<void> => {
    await browser.close()
    await person.server.stop()
  }
  try {
    return { ...person, browser, workbench: await browser.open(person.url), end }
  } catch (error) {
    await end()
    throw error
  }
}

/** Makes the editor load the extension from this repository, so that a rebuild and a reload show a change. */
async function linkSource(extensionsFolder: string): Promise<void> {
  const link = path.join(extensionsFolder, 'tincan.tincan-0.0.0')
  if (!existsSync(link)) await symlink(repository, link, 'junction')
}
