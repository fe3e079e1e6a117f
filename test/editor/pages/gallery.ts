import assert from 'node:assert/strict'
import { type Barrier, findBarriers } from '../harness/accessibility.ts'
import { probeWhile } from '../harness/probe.ts'
import { themes } from '../harness/themes.ts'
import type { WebviewPlace } from '../harness/webviewPlaces.ts'
import type { Workbench } from '../harness/workbench.ts'
import { tincanView } from './tincanView.ts'

const settleMs = 5_000

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
  const found: Record<string, readonly Barrier[]> = {}
  for (const theme of themes) {
    await workbench.useTheme(theme)
    await frame.locator(`body.${theme.webviewClass}`).waitFor()
    // The colours of code follow a moment after the theme.
    const barriers = await probeWhile(
      settleMs,
      () => findBarriers(frame, place),
      ({ length }) => length > 0,
    )
    if (barriers.length > 0) found[theme.label] = barriers
    await workbench.picture(`${name}-${theme.name}`)
  }
  await workbench.useTheme(themes[0])
  assert.deepEqual(found, {}, name)
}
