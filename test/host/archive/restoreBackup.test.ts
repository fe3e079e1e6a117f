import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ChatModel } from '../../../src/host/life/chatModel.ts'
import { chatError, type ChatErrorCode } from '../../../src/shared/chatError.ts'
import { askedEditor, userOf } from '../askedEditor.ts'
import { importWithEditor } from '../importWithEditor.ts'
import { plain } from '../plainEnglish.ts'

const { restoreBackup } = await importWithEditor(
  askedEditor,
  () => import('../../../src/host/archive/restoreBackup.ts'),
)

/** How often the user was spared the warning that what is there now is older than what was there. */
let noted = 0

/** A chat into which a backup is restored that one secret opens; another is refused with `refusal`. */
const opening = (
  opensWith: 'phrase' | 'passphrase',
  secret: string,
  refusal: ChatErrorCode = `wrong-${opensWith}`,
): ChatModel =>
  ({
    request: (method: string, how: { phrase?: string; passphrase?: string }) => {
      if (method === 'store/state') return Promise.resolve({ repair: { cause: 'older', at: 0 } })
      if (method === 'store/noted') noted += 1
      if (method.startsWith('store/')) return Promise.resolve(null)
      if (method === 'backup/inspect') return Promise.resolve({ opensWith, madeAt: 0 })
      return how[opensWith] === secret ? Promise.resolve({ name: 'Alice' }) : Promise.reject(chatError(refusal))
    },
  }) as unknown as ChatModel

test('a passphrase that is wrong is asked for again, and nothing of it is shown', async () => {
  const user = userOf('the wrong one', 'the right one')
  await restoreBackup(opening('passphrase', 'the right one'))
  const [first, second, done] = user.asked
  assert.deepEqual([first?.offered, second?.offered], [[''], ['']])
  assert.match(second?.text ?? '', /^Restore a Backup$/)
  assert.match(
    second?.detail ?? '',
    /^This is not the passphrase of this backup\. Nothing was changed\. This backup was made on [A-Z][a-z]+ \d+, 1970, /,
  )
  assert.match(plain(done?.text ?? ''), /^Welcome back, Alice\./)
  assert.equal(noted, 1)
})

test('words that are wrong stay to be mended', async () => {
  const user = userOf('kettel lid', 'kettle lid')
  await restoreBackup(opening('phrase', 'kettle lid'))
  const [, second, done] = user.asked
  assert.deepEqual(second?.offered, ['kettel lid'])
  assert.match(second.detail, /^These words do not open this backup\./)
  assert.match(plain(done?.text ?? ''), /^Welcome back/)
})

test('whoever gives up is asked no more, and what else is wrong ends it', async () => {
  const user = userOf('the wrong one')
  await restoreBackup(opening('passphrase', 'the right one'))
  assert.equal(user.asked.length, 2)
  userOf('a phrase')
  const damaged = opening('phrase', 'another phrase', 'backup-damaged')
  await assert.rejects(restoreBackup(damaged), { code: 'backup-damaged' })
})
