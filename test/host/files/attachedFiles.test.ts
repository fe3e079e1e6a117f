import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import type * as vscode from 'vscode'
import { createAttachmentShelf } from '../../../src/host/attach/attachmentShelf.ts'
import type { ChatModel } from '../../../src/host/life/chatModel.ts'
import { askedEditor, userOf } from '../askedEditor.ts'
import { importWithEditor } from '../importWithEditor.ts'
import { plain } from '../plainEnglish.ts'
import { conversationId } from '../sampleChat.ts'

const { createAttachedFiles } = await importWithEditor(
  askedEditor,
  () => import('../../../src/host/files/attachedFiles.ts'),
)

const folder = await mkdtemp(path.join(tmpdir(), 'tincan-attached-'))
after(() => rm(folder, { recursive: true, force: true }))

/** The beginning of a picture of one pixel: enough for a small one to be asked for. */
const picture = Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex')

/** What is attached, with a chat that notes what is asked of it. */
function attachedFiles() {
  const shelf = createAttachmentShelf()
  const asked: { readonly method: string; readonly name: string | undefined }[] = []
  const request = (method: string, { name }: { name?: string }) => {
    asked.push({ method, name })
    return Promise.resolve({ upload: 'an upload' })
  }
  const files = createAttachedFiles({ request } as unknown as ChatModel, shelf)
  const add = async (name: string, content: string | Uint8Array | undefined) => {
    const fsPath = path.join(folder, name)
    if (content !== undefined) await writeFile(fsPath, content)
    await files.add(conversationId, { scheme: 'file', path: fsPath, fsPath } as unknown as vscode.Uri)
    return shelf.list(conversationId).at(-1)
  }
  return { shelf, files, asked, add, send: (id: number) => files.send(conversationId, id, {}) }
}

test('a file keeps the dot that its name begins with, and is held back for what it is', async () => {
  const { add, send, asked } = attachedFiles()
  const secret = await add('.env', 'A=1\n')
  assert.ok(secret !== undefined && 'file' in secret)
  assert.equal(secret.file.name, '.env')
  assert.ok(secret.warning !== undefined)
  const user = userOf('Send Anyway')
  assert.equal(await send(secret.id), true)
  assert.deepEqual(user.asked[0]?.detail, '.env')
  assert.deepEqual(asked, [{ method: 'file/send', name: '.env' }])
})

test('a secret is found in what Windows wrote in two bytes a character', async () => {
  const { add } = attachedFiles()
  const text =
    '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmU=\n-----END OPENSSH PRIVATE KEY-----\n'
  const little = Buffer.from(`\ufeff${text}`, 'utf16le')
  for (const content of [text, little, Buffer.from(little).swap16()])
    assert.ok((await add('notes.txt', content))?.warning !== undefined)
  assert.equal((await add('notes.txt', Buffer.from('\ufeffnothing to hide', 'utf16le')))?.warning, undefined)
})

test('what is taken away while its small picture is waited for does not leave', async () => {
  const { files, shelf, asked, add, send } = attachedFiles()
  const wanted = new Promise((resolve) => files.onWantsThumbnail(resolve))
  const attached = await add('kettle.png', picture)
  assert.ok(attached !== undefined)
  const sending = send(attached.id)
  await wanted
  shelf.remove(conversationId, attached.id)
  await files.drop(attached.id)
  files.takeThumbnail(attached.id, { width: 1, height: 1 })
  assert.equal(await sending, true)
  assert.deepEqual(asked, [])
})

test('what was sent is not sent again, and nothing of it is stopped later', async () => {
  const { files, asked, add, send } = attachedFiles()
  const attached = await add('plain.txt', 'tea')
  assert.ok(attached !== undefined)
  assert.equal(await send(attached.id), true)
  assert.equal(await send(attached.id), false)
  await files.drop(attached.id)
  assert.deepEqual(
    asked.map(({ method }) => method),
    ['file/send'],
  )
})

test('a pipe is no file, and is not waited for', async () => {
  const { shelf, add } = attachedFiles()
  const user = userOf()
  execFileSync('mkfifo', [path.join(folder, 'pipe')])
  await add('pipe', undefined)
  assert.equal(plain(user.asked[0]?.text ?? ''), 'pipe is no file.')
  assert.deepEqual(shelf.list(conversationId), [])
})

test('what cannot be read is refused as such', async () => {
  const { add } = attachedFiles()
  await assert.rejects(add('missing.txt', undefined), { code: 'file-failed' })
})
