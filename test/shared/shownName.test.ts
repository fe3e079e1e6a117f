import assert from 'node:assert/strict'
import { test } from 'node:test'
import { shownName } from '../../src/shared/shownName.ts'

test('a name with something hidden in it shows that, and a sign in front', () => {
  assert.equal(shownName('kettle\u202est.exe'), '⚠ kettle[U+202E]st.exe')
  assert.equal(shownName('is\u200badmin.py'), '⚠ is[U+200B]admin.py')
  assert.equal(shownName('bell\u0007.sh'), '⚠ bell[U+0007].sh')
})

test('a name with look-alikes of another alphabet has the sign', () => {
  assert.equal(shownName('\u0430dmin.ts'), '⚠ \u0430dmin.ts')
})

test('an ordinary name of any script stays as it is', () => {
  for (const name of ['kettle.ts', 'Käse.md', 'чайник.py', '日本語.txt', 'نص.md', '👩‍💻.ts', 'a b.txt', ''])
    assert.equal(shownName(name), name)
})
