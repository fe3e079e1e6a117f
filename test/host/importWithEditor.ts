import { registerHooks } from 'node:module'

/** Imports what needs an editor, with `editor`, the source of a module, in the place of the editor's own. */
export async function importWithEditor<T>(editor: string, load: () => Promise<T>): Promise<T> {
  const hooks = registerHooks({
    resolve: (specifier, context, next) =>
      specifier === 'vscode'
        ? { url: `data:text/javascript,${encodeURIComponent(editor)}`, shortCircuit: true }
        : next(specifier, context),
  })
  try {
    return await load()
  } finally {
    hooks.deregister()
  }
}
