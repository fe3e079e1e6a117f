import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { hidePrivatePaths } from '../../../src/host/share/privatePaths.ts'

const unix = { home: '/home/al', folders: ['/home/al/work/kettle', '/home/al/work'] }
const windows = { home: 'C:\\Users\\Al Brown', folders: ['c:\\Users\\Al Brown\\kettle'] }

const cases: readonly (readonly [typeof unix, string, string])[] = [
  [unix, '    at boil (/home/al/work/kettle/src/kettle.ts:9:5)', '    at boil (src/kettle.ts:9:5)'],
  [unix, 'at file:///home/al/work/kettle/src/kettle.ts:9:5', 'at src/kettle.ts:9:5'],
  [
    unix,
    '    at boil (vscode-remote://ssh-remote+secret.example/home/al/work/kettle/src/a.ts:2:3)',
    '    at boil (src/a.ts:2:3)',
  ],
  [unix, 'vscode-remote://127.0.0.1:8080/usr/lib/x.js', '/usr/lib/x.js'],
  [unix, 'cd /home/al/work/kettle && ls', 'cd . && ls'],
  [unix, 'cd /home/al/work/kettle/', 'cd ./'],
  [unix, '/home/al/work/other/a.ts', 'other/a.ts'],
  [unix, 'cat /home/al/.ssh/config', 'cat ~/.ssh/config'],
  [unix, 'see /home/al.', 'see ~.'],
  [unix, '-I/home/al/include', '-I~/include'],
  [unix, '/home/alice/a.ts and /home/al-2/b', '~/a.ts and ~/b'],
  [unix, '/Users/bob/Library/x', '~/Library/x'],
  [unix, '/home/al/work/kettle-2/a.ts', 'kettle-2/a.ts'],
  [unix, 'nothing of it, not /homestead', 'nothing of it, not /homestead'],
  [windows, 'C:\\Users\\Al Brown\\kettle\\src\\a.ts(3,5): error', 'src\\a.ts(3,5): error'],
  [windows, '"C:\\\\Users\\\\Al Brown\\\\x.json"', '"~\\\\x.json"'],
  [windows, 'file:///C:/Users/Al%20Brown/kettle/src/a.ts', 'src/a.ts'],
  [windows, 'd:/Users/Bob/x', '~/x'],
  [{ home: '/', folders: ['/'] }, '/etc/hosts', '/etc/hosts'],
  [{ home: '/root', folders: [] }, '/root/x', '~/x'],
]

describe('hidePrivatePaths', () => {
  for (const [places, text, shown] of cases)
    it(`makes ${text} into ${shown}`, () => {
      assert.equal(hidePrivatePaths(text, places), shown)
    })

  it('takes a name with the signs of a pattern for what it says', () => {
    assert.equal(hidePrivatePaths('/srv/a+(b)/x', { home: '/srv/a+(b)', folders: [] }), '~/x')
  })
})
