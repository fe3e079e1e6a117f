import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { isWorkspacePath } from '../../../src/core/body/snippetFields.ts'
import { documentPath, fileTitle } from '../../../src/host/text/fileTitle.ts'
import { parseWebviewMessage } from '../../../src/shared/parseWebviewMessage.ts'
import { count } from '../../record/tally.ts'
import { hostilePaths } from '../hostilePaths.ts'

test('a title is the last name of a path', () => {
  assert.equal(fileTitle('src/kettle.ts'), 'kettle.ts')
  assert.equal(fileTitle('kettle.ts'), 'kettle.ts')
  assert.equal(fileTitle('.vscode/tasks.json'), 'tasks.json')
})

test('a very long name keeps its beginning and its end, and no half character', () => {
  assert.equal(fileTitle(`${'x'.repeat(300)}.ts`), `${'x'.repeat(40)}…${'x'.repeat(37)}.ts`)
  assert.equal(fileTitle(`${'😀'.repeat(100)}.ts`), `${'😀'.repeat(40)}…${'😀'.repeat(37)}.ts`)
})

test('two spellings of one name have one title', () => {
  assert.equal(fileTitle('cafe\u0301.ts'), fileTitle('caf\u00e9.ts'))
})

test('what hides in a name or imitates another is shown for what it is', () => {
  assert.equal(fileTitle('src/kettle\u202est.exe'), '⚠ kettle[U+202E]st.exe')
  assert.equal(fileTitle('src/\u0430dmin.ts'), '⚠ \u0430dmin.ts')
  assert.equal(fileTitle('\u202e\u200b.'), undefined)
})

test('the path of a document keeps its folders and its ending, and leads nowhere else', () => {
  assert.equal(documentPath('src/core/kettle.ts'), '/src/core/kettle.ts')
  assert.equal(documentPath('/etc/../../x\\..\\y.ts'), '/etc/x/y.ts')
  assert.equal(documentPath('../..'), undefined)
  fc.assert(
    fc.property(fc.oneof(fc.constantFrom(...hostilePaths), fc.string({ unit: 'binary' })), (path) => {
      const names = documentPath(path)?.split('/') ?? ['']
      assert.equal(names.shift(), '')
      for (const name of names) assert.ok(name !== '' && !/^\.+$/.test(name))
    }),
  )
})

test('no path, however hostile, makes a title that leads anywhere or reads as something else', () => {
  count({ badInputs: hostilePaths.length })
  fc.assert(
    fc.property(fc.oneof(fc.constantFrom(...hostilePaths), fc.string({ unit: 'binary' })), (path) => {
      const title = fileTitle(path)
      if (title === undefined) return
      assert.ok(title !== '' && !/^\.+$/.test(title) && [...title].length <= 81)
      assert.doesNotMatch(title, /[\\/\p{Cc}\p{Cs}\u200b-\u200f\u2028-\u202e\u2066-\u2069]/u)
      // As the address of a document is made of it.
      assert.doesNotThrow(() => encodeURIComponent(title))
    }),
  )
})

test('a path that leaves its folder, is absolute, of Windows, or reads as another one is taken from nobody', () => {
  const taken = hostilePaths.filter((path) => isWorkspacePath(path))
  assert.deepEqual(
    taken.filter((path) => /^\/|\\|^[A-Za-z]:|(^|\/)\.\.?(\/|$)|[\p{Cc}\u202a-\u202e\u2066-\u2069\p{Cs}]/u.test(path)),
    [],
  )
  // Host and core agree on every one of them.
  for (const path of hostilePaths) {
    const code = parseWebviewMessage({ type: 'code', action: 'open', language: 'ts', text: 'x', path })
    assert.equal(code !== undefined, isWorkspacePath(path), JSON.stringify(path))
  }
})
