import assert from 'node:assert/strict'
import { globSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { test } from 'node:test'
import { loopbackSettings } from './harness/loopbackSettings.ts'
import { seatPerson, startPerson } from './harness/person.ts'
import { createScratch, removeScratch } from './harness/scratch.ts'
import { tincanPackage } from './harness/tincanPackage.ts'
import { tincanView } from './pages/tincanView.ts'
import { words } from './pages/words.ts'

test('somebody whose system cannot load the native parts reads why in the view, in a sentence', async (t) => {
  const root = await createScratch()
  t.after(() => removeScratch(root))
  const folder = path.join(root, 'alice')
  const extension = { kind: 'package', vsix: await tincanPackage() } as const
  const person = await startPerson({ name: 'Alice', folder, extension, settings: loopbackSettings([]) })
  // Nothing is loaded before a page opens: from here on it is as on a system with another C library.
  const addons = globSync('tincan.tincan-*/dist/*.node', { cwd: person.server.extensionsFolder })
  assert.equal(addons.length, 2)
  for (const addon of addons) await writeFile(path.join(person.server.extensionsFolder, addon), 'for another system')
  const alice = await seatPerson(person, folder)
  t.after(() => alice.end())

  const { workbench } = alice
  await workbench.activity('Tincan').click()
  const view = tincanView(workbench)
  await view.heading(words('brokenTitle')).waitFor()
  await view.frame.getByText(/a native part does not load on this system\. On Linux it needs glibc 2\.33/).waitFor()
  await workbench.statusBar.getByText('Tincan: Not running').waitFor()
  assert.deepEqual(alice.browser.complaints, [])
})
