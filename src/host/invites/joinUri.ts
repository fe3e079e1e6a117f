import * as vscode from 'vscode'
import { chatError } from '../../shared/chatError.ts'
import type { Boundary } from '../boundary.ts'
import type { JoinFlow } from './joinFlow.ts'

/** `vscode://tincan.tincan/join#…` opens our own confirmation, and nothing else. */
export function registerJoinUri(boundary: Boundary, flow: JoinFlow): vscode.Disposable {
  return vscode.window.registerUriHandler({
    handleUri: (uri) =>
      boundary.run('a link of the system', async () => {
        if (uri.path !== '/join' || uri.fragment === '') throw chatError('link-garbled')
        await flow.confirm(`vscode://tincan.tincan/join#${uri.fragment}`)
      }),
  })
}
