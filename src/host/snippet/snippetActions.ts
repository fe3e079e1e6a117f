import * as vscode from 'vscode'
import type { SnippetBody } from '../../shared/service.ts'
import type { SnippetAction, SnippetPlace } from '../../shared/webviewProtocol.ts'
import type { Clones } from '../clone/clones.ts'
import type { SnippetDocuments } from '../view/snippetDocuments.ts'
import { appliedPlace, applySnippet } from './applySnippet.ts'
import { compareWithFile } from './compareSnippet.ts'
import type { LineMarks } from './lineMarks.ts'
import { locateInClone } from './locateInClone.ts'
import type { SnippetSearch } from './locateInClone.ts'
import { placeWords } from './placeWords.ts'

/** Does what the user asked to do with a snippet; answers what its card is to say of it. */
export type RunSnippetAction = (action: SnippetAction, body: SnippetBody) => Promise<SnippetPlace | undefined>

export function createSnippetActions(init: {
  readonly clones: Clones
  readonly documents: SnippetDocuments
  readonly marks: LineMarks
}): RunSnippetAction {
  const { clones, documents, marks } = init

  const open = async (body: SnippetBody, search: SnippetSearch): Promise<void> => {
    if (search.kind !== 'file') return documents.open(body.language, body.text, body.path)
    const { document, located } = search
    // Where nothing is like it, the lines that it says are the best guess.
    await marks.show(document, located.kind === 'lost' ? body.lines : located)
  }
  const apply = async (body: SnippetBody, search: SnippetSearch): Promise<SnippetPlace | undefined> => {
    const done = await applySnippet(body, search)
    if (done === undefined) return undefined
    if ('sentence' in done) return { sentence: done.sentence, offers: [] }
    if (search.kind === 'file') await marks.show(search.document, done.lines)
    return appliedPlace(done.lines)
  }
  return async (action, body) => {
    const search = await locateInClone(clones, body)
    if (action === 'apply') return apply(body, search)
    if (action === 'compareWithMine' && search.kind === 'file') await compareWithFile(init, body, search)
    else await open(body, search)
    return placeWords(search, pathNow(body, search), vscode.l10n)
  }
}

/** The path of the file as it is here, or as the snippet says. */
function pathNow(body: SnippetBody, search: SnippetSearch): string {
  return search.kind === 'file' ? vscode.workspace.asRelativePath(search.document.uri, false) : (body.path ?? '')
}
