import * as vscode from 'vscode'
import { showHidden } from '../../shared/shownName.ts'
import { confirmDeceptive } from '../guard/confirmDeceptive.ts'
import { safeName } from '../text/safeName.ts'
import { terminalText } from './terminalText.ts'

/**
 * Puts one line of a received script into the terminal, after it was shown whole and a yes. It never ends with a line
 * break, so that nothing runs before the user presses Enter there.
 */
export async function putIntoTerminal(code: string): Promise<void> {
  const text = terminalText(code)
  if (text.kind === 'empty') {
    void vscode.window.showInformationMessage(vscode.l10n.t('There is no command in this.'))
    return
  }
  if (text.kind === 'refused') {
    void vscode.window.showWarningMessage(
      vscode.l10n.t(
        'This was not put into a terminal: it holds control characters, or is too long to be read before it runs.',
      ),
    )
    return
  }
  const line = text.lines.length === 1 ? text.lines[0] : await pickLine(text.lines)
  if (line === undefined) return
  const terminal = vscode.window.activeTerminal
  const put = vscode.l10n.t('Put into Terminal')
  const question =
    terminal === undefined
      ? vscode.l10n.t('Put this into a new terminal?')
      : vscode.l10n.t('Put this into the terminal {0}?', safeName(terminal.name))
  const detail = [showHidden(line), vscode.l10n.t('It does not run before you press Enter there.')].join('\n\n')
  const answer = await vscode.window.showWarningMessage(question, { modal: true, detail }, put)
  if (answer !== put || !(await confirmDeceptive(line, 'terminal'))) return
  const target = terminal ?? vscode.window.createTerminal()
  target.show()
  target.sendText(line, false)
}

/** Of several lines one at a time: between two there would be a line break, which runs the first. */
function pickLine(lines: readonly string[]): Thenable<string | undefined> {
  return vscode.window
    .showQuickPick(
      // Theme icons are written in labels as `$(name)`: a space keeps a command from drawing one.
      lines.map((line, index) => ({
        label: showHidden(line).replaceAll('$(', '$ ('),
        line,
        description: String(index + 1),
      })),
      { placeHolder: vscode.l10n.t('Which line? A terminal gets one at a time, so that none runs by itself.') },
    )
    .then((picked) => picked?.line)
}
