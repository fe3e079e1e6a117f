/**
 * `npm start`: builds Tincan and gives two people, Alice and Bob, an editor each, joined by a private DHT on this
 * machine. Nothing leaves the machine, and nothing is left behind.
 */
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { openLoopbackDht } from '../doubles/loopbackDht.ts'
import { repository } from '../editor/harness/codeServer.ts'
import { loopbackSettings } from '../editor/harness/loopbackSettings.ts'
import { runCommand } from '../editor/harness/ownedProcess.ts'
import { type Person, startPerson } from '../editor/harness/person.ts'
import { createScratch, removeScratch } from '../editor/harness/scratch.ts'
import { checkPerson } from './checkPerson.ts'
import { openDesktopEditor } from './desktop.ts'
import { hasDisplay, openBrowserWindow } from './openWindow.ts'
import { parseStartArguments, type StartArguments, startUsage } from './parseStartArguments.ts'

const names = ['Alice', 'Bob'] as const
const endings: (() => Promise<void>)[] = []

const parsed = parseStartArguments(process.argv.slice(2))
if (typeof parsed === 'string') {
  console.error(`${parsed}\n\n${startUsage}`)
  process.exit(2)
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => {
    console.log('\nEnding both editors…')
    void end().then(() => process.exit(0))
  })
}
try {
  await start(parsed)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  await end()
  process.exit(1)
}

async function start(wanted: StartArguments): Promise<void> {
  console.log('Building Tincan…')
  await runCommand({ command: process.execPath, args: ['esbuild.mjs'], cwd: repository })
  const dht = await openLoopbackDht()
  endings.push(() => dht.dispose())
  const settings = loopbackSettings(dht.bootstrap)
  const root = wanted.data ?? (await createScratch())
  if (wanted.data === undefined) endings.push(() => removeScratch(root))
  await mkdir(root, { recursive: true })

  if (wanted.desktop) {
    await startDesktops(root, settings)
    return
  }
  console.log('Starting two editors…')
  const people = await Promise.all(
    names.map(async (name) => {
      const folder = path.join(root, name.toLowerCase())
      const person = await startPerson({ name, folder, extension: { kind: 'source' }, settings })
      endings.push(() => person.server.stop())
      return person
    }),
  )
  console.log('')
  for (const { name, url } of people) console.log(`${`${name}:`.padEnd(6)} ${url}`)
  console.log('')
  if (wanted.check) {
    await check(people, root)
    return
  }
  if (wanted.open) openWindows(people, root)
  else console.log('Open each in a browser profile or window of its own (or use: npm start -- --open).')
  console.log('Ctrl+C ends both.')
}

async function check(people: readonly Person[], root: string): Promise<void> {
  for (const person of people) {
    await checkPerson(person, path.join(root, person.name.toLowerCase()))
    console.log(`${person.name}: the editor answers and Tincan is active.`)
  }
  await end()
  process.exit(0)
}

function openWindows(people: readonly Person[], root: string): void {
  if (!hasDisplay()) {
    console.log('There is no display here: open the addresses yourself.')
    return
  }
  for (const { name, url } of people) {
    const window = openBrowserWindow(url, path.join(root, name.toLowerCase()))
    endings.push(() => window.end())
  }
}

async function startDesktops(root: string, settings: Readonly<Record<string, unknown>>): Promise<void> {
  const editors = await Promise.all(
    names.map((name) => openDesktopEditor(name, path.join(root, name.toLowerCase()), settings)),
  )
  for (const editor of editors) endings.push(() => editor.end())
  console.log('Two desktop editors are opening. Close both windows, or press Ctrl+C, to end.')
  const codes = await Promise.all(editors.map((editor) => editor.closed))
  if (codes.includes(127))
    throw new Error('There is no "code" command on the PATH: install VS Code, or leave out --desktop.')
  await end()
  process.exit(0)
}

/** Ends everything, the last started first; one part that fails keeps no other from ending. */
async function end(): Promise<void> {
  for (const ending of endings.splice(0).reverse()) {
    await ending().catch((error: unknown) => {
      console.error(error)
    })
  }
}
