import path from 'node:path'
import { createEditorServer } from './editorServer.ts'

/** Has the editor install a package once, into `folder`. Returns the folder of extensions, for everybody to copy. */
export async function installPackage(folder: string, vsix: string): Promise<string> {
  const server = await createEditorServer({ folder: path.join(folder, 'installed') })
  await server.install(vsix)
  return server.extensionsFolder
}
