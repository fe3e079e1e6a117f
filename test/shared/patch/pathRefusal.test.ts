import assert from 'node:assert/strict'
import test from 'node:test'
import { pathRefusal } from '../../../src/shared/patch/pathRefusal.ts'

const rows: Readonly<Record<string, readonly string[]>> = {
  outside: [
    '', '/', '/etc/passwd', '//server/share', '..', '../a', 'a/../../b', 'a/..', './a', 'a/./b', 'a//b', 'a/', 'C:\\x', 'c:/x', 'C:x',
    '\\\\server\\share', 'a\\..\\b', 'a\\b', 'a\nb', 'a\u0000', 'a\u202eb', '\ud83d', 'x'.repeat(1025), '~/a\t',
  ],
  protected: [
    '.git/config', '.git', '.GIT/hooks/post-checkout', 'sub/.git/config', '.git /config', '.git./config', '.git. . /x', 'git~1/config',
    'GIT~1/x', '.g\u200cit/config', '.\uff47it/config', '.git::$INDEX_ALLOCATION/config', '../.git/config', '/a/.git/x', '.vscode/settings.json',
    '.VSCode/tasks.json', 'a/.vscode/launch.json', '.vſcode/x', 'vscode~1/x', 'my.code-workspace', 'a/B.Code-Workspace', '.vscode',
  ],
  unportable: [
    'CON', 'con.txt', 'a/NUL', 'aux.c', 'COM1', 'lpt9.log', 'a/COM¹.txt', 'a.', 'a ', 'dir./b', 'dir /b', 'ab:c', 'a.txt:stream', 'a?', 'a*b',
    'a<b', 'a|b', 'a"b', 'conin$',
  ],
  taken: [
    'a', 'src/a.ts', '.gitignore', '.github/workflows/x.yml', '.gitattributes', 'git', 'vscode/a', '.vscodeignore', 'console.ts', 'com10', 'nullable.ts',
    'été/日本.txt', 'a b/c d', '...a', '.a', 'a..b', 'auxiliary/x', 'emoji 😀.md', "it's", '~/a', '-rf',
  ],
} // prettier-ignore

for (const [expected, paths] of Object.entries(rows))
  test(`paths that are ${expected}`, () => {
    for (const path of paths) assert.equal(pathRefusal(path) ?? 'taken', expected, JSON.stringify(path))
  })
