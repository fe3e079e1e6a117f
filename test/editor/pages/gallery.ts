import assert from 'node:assert/strict'
import { findBarriers } from '../harness/accessibility.ts'
import { themes } from '../harness/themes.ts'
import type { WebviewPlace } from '../harness/webviewPlaces.ts'
import type { Workbench } from '../harness/workbench.ts'
import { tincanView } from './tincanView.ts'

/**
 * Shows what Tincan shows now in each kind of theme: keeps a picture of each, and throws when axe-core finds a barrier
 * in any.
 */
export async function showInEveryTheme(
  workbench: Workbench,
  name: string,
  place: WebviewPlace = 'sideBar',
): Promise<void> {
  const { frame } = tincanView(workbench, place)
  for (const theme of themes) {
    await workbench.useTheme(theme)
    await frame.locator(`body.${theme.webviewClass}`).waitFor()
    await workbench.picture(`${name}-${theme.name}`)
    assert.deepEqual(await findBarriers(frame, place), [], `${name} in ${theme.label}`)
  }
  await workbench.useTheme(themes[0])
}
