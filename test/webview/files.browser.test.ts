import assert from 'node:assert/strict'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { before, describe, it } from 'node:test'
import type { FileBody, FileState } from '../../src/shared/files.ts'
import type { MessageId } from '../../src/shared/ids.ts'
import { ada, conversationId, idAt, message, page as pageOf, screenMessage } from './harness/fixtures.ts'
import { useHarness, type OpenPage } from './harness/openPage.ts'
import { themeNames } from './harness/themes.ts'

const artifacts = path.resolve(import.meta.dirname, '../../artifacts/webview')
const megabyte = 1_000_000

const file = (fields: Partial<FileBody> = {}): FileBody => ({
  kind: 'file',
  name: 'kettle.zip',
  size: 120 * megabyte,
  mediaType: 'application/zip',
  ...fields,
})
const state = (fields: Partial<FileState>): FileState => ({
  kind: 'here',
  bytes: 120 * megabyte,
  size: 120 * megabyte,
  ...fields,
})

/** A picture as the browser itself encodes it: a gradient. */
const pictureBytes = (open: OpenPage, width: number, height: number, type = 'image/png'): Promise<number[]> =>
  open.page.evaluate(
    async ([w, h, kind]) => {
      const canvas = document.createElement('canvas')
      canvas.width = w
      canvas.height = h
      const context = canvas.getContext('2d')
      const paint = context?.createLinearGradient(0, 0, w, h)
      paint?.addColorStop(0, '#d95f02')
      paint?.addColorStop(1, '#1b9e77')
      if (context && paint) context.fillStyle = paint
      context?.fillRect(0, 0, w, h)
      const blob = await new Promise<Blob | null>((resolve) => {
        canvas.toBlob(resolve, kind)
      })
      return Array.from(new Uint8Array((await blob?.arrayBuffer()) ?? new ArrayBuffer(0)))
    },
    [width, height, type] as const,
  )

const base64url = (bytes: readonly number[]): string => Buffer.from(bytes).toString('base64url')

async function show(open: OpenPage, bodies: readonly FileBody[]): Promise<MessageId[]> {
  const messages = bodies.map((body, i) => message(i + 1, { body, ...(i % 2 === 1 && { author: ada }) }))
  await open.send(screenMessage({ kind: 'conversation', page: pageOf(messages) }))
  await open.settle()
  return messages.map(({ id }) => id)
}

/** Hands bytes to the page as the host does. */
const sendContent = (open: OpenPage, id: MessageId, bytes: readonly number[]): Promise<void> =>
  open.page.evaluate(
    ([of, data]) => {
      window.fakeHost.send({ type: 'fileContent', message: of, data: new Uint8Array(data) })
    },
    [id, bytes] as const,
  )

describe('a file in a conversation', () => {
  const harness = useHarness()
  before(() => mkdir(artifacts, { recursive: true }))

  it('says what it is, asks how far it is, and offers what can be done with it then', async () => {
    await harness.withPage({}, async (open) => {
      const [id = idAt(1)] = await show(open, [file()])
      const watch = await open.waitFor('file')
      assert.deepEqual(watch, { type: 'file', action: 'watch', conversation: conversationId, message: id })
      const card = open.page.getByRole('group', { name: 'File kettle.zip, 120 MB' })
      const offered = async (told: FileState): Promise<string[]> => {
        await open.send({ type: 'fileState', message: id, state: told })
        await open.settle()
        return card.getByRole('button').allInnerTexts()
      }
      assert.deepEqual(await offered(state({ kind: 'elsewhere', bytes: 0 })), ['Download'])
      await offered(state({ kind: 'coming', bytes: 0, bytesPerSecond: 0 }))
      await card.getByText('0 bytes of 120 MB', { exact: true }).waitFor()
      const coming = state({ kind: 'coming', bytes: 30 * megabyte, bytesPerSecond: 2 * megabyte, secondsLeft: 45 })
      assert.deepEqual(await offered(coming), ['Pause', 'Cancel'])
      await card.getByText('30 MB of 120 MB · 2 MB/s · 45 sec left').waitFor()
      assert.equal(await card.getByRole('progressbar').getAttribute('value'), String(30 * megabyte))
      for (const [why, words] of [
        ['nobody-online', /Nobody who has it is online/],
        ['nobody-has-it', /Nobody who is online has it/],
        ['others-first', /comes after the others/],
        ['disk-full', /The disk is full/],
        ['disk-failing', /The disk refuses it/],
      ] as const) {
        assert.deepEqual(await offered(state({ kind: 'waiting', bytes: 5, why })), ['Pause', 'Cancel'])
        await card.getByText(words).waitFor()
      }
      assert.deepEqual(await offered(state({ kind: 'paused', bytes: 30 * megabyte })), ['Resume', 'Cancel'])
      assert.deepEqual(await offered(state({ kind: 'here' })), ['Save As…'])
      await card.getByRole('button', { name: 'Save As…' }).click()
      const asked = (await open.posted()).at(-1)
      assert.deepEqual(asked, { type: 'file', action: 'save', conversation: conversationId, message: id })
    })
  })

  it('shows letters that turn the name around as what they are', async () => {
    await harness.withPage({}, async (open) => {
      await show(open, [file({ name: 'report\u202egnp.exe' })])
      await open.page.getByRole('group', { name: 'File ⚠ report[U+202E]gnp.exe, 120 MB' }).waitFor()
      assert.equal(await open.page.locator('.file-name .hidden-character').innerText(), 'U+202E')
    })
  })

  it('shows the small picture at once, a small whole one as it is here, and a large one on request', async () => {
    await harness.withPage({}, async (open) => {
      const thumbnail = base64url(await pictureBytes(open, 64, 48, 'image/webp'))
      const whole = await pictureBytes(open, 640, 480)
      const picture = { width: 640, height: 480, thumbnail }
      const small = file({ name: 'small.png', size: 500_000, mediaType: 'image/png', picture })
      const large = file({ name: 'large.png', size: 5_000_000, mediaType: 'image/png', picture })
      const [first = idAt(1), second = idAt(2)] = await show(open, [small, large])
      await open.page.getByRole('img', { name: 'small.png' }).waitFor()
      const shows = async (): Promise<MessageId[]> =>
        (await open.posted()).flatMap((one) => (one.type === 'file' && one.action === 'show' ? [one.message] : []))
      assert.deepEqual(await shows(), [])
      for (const [id, { size }] of [
        [first, small],
        [second, large],
      ] as const)
        await open.send({ type: 'fileState', message: id, state: { kind: 'here', bytes: size, size } })
      await open.settle()
      assert.deepEqual(await shows(), [first])
      await sendContent(open, first, whole)
      await open.page.waitForFunction(() =>
        [...document.querySelectorAll('img')].some((image) => image.naturalWidth === 640),
      )
      // The whole picture moves what is below it: not under a mouse that is down.
      await open.settle()
      await open.page.getByRole('button', { name: 'Show Picture' }).click()
      await open.waitFor('file', 4)
      assert.deepEqual(await shows(), [first, second])
    })
  })

  it('decodes nothing that is no picture, whatever it is called', async () => {
    await harness.withPage({}, async (open) => {
      const svg = Array.from(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>window.x = 1</script></svg>'))
      const body = file({ name: 'a.png', size: 100, mediaType: 'image/png' })
      const [id = idAt(1)] = await show(open, [body])
      await open.send({ type: 'fileState', message: id, state: { kind: 'here', bytes: 100, size: 100 } })
      await sendContent(open, id, svg)
      await open.page.getByText('This picture cannot be shown. You can save it.').waitFor()
      assert.equal(await open.page.locator('img').count(), 0)
    })
  })

  it('is handed over piece by piece when it is pasted, with a small picture of it', async () => {
    await harness.withPage({}, async (open) => {
      await show(open, [])
      const bytes = await pictureBytes(open, 900, 600)
      await open.page.getByLabel('Message to Bob').evaluate((field, content) => {
        const data = new DataTransfer()
        data.items.add(new File([new Uint8Array(content)], 'image.png', { type: 'image/png' }))
        const init = { bubbles: true, cancelable: true, clipboardData: data }
        field.dispatchEvent(new ClipboardEvent('paste', init))
      }, bytes)
      const begun = await open.waitFor('uploadBegin')
      assert.deepEqual([begun.name, begun.size], ['image.png', bytes.length])
      assert.deepEqual([begun.picture?.width, begun.picture?.height], [900, 600])
      assert.ok((begun.picture?.thumbnail?.length ?? 0) > 100)
      const { upload } = begun
      const pieces: Uint8Array[] = []
      // How many pieces a picture fills is up to the browser that encodes it.
      while (Buffer.concat(pieces).length < bytes.length) {
        await open.send({ type: 'uploadNext', upload, isOver: false })
        pieces.push((await open.waitFor('uploadPiece', pieces.length + 1)).data)
      }
      // Not deepEqual: it would explain a difference of this length in gigabytes.
      assert.ok(Buffer.concat(pieces).equals(Buffer.from(bytes)))
      await open.page.getByRole('button', { name: 'Attach Files…' }).click()
      assert.deepEqual(await open.waitFor('pickFiles'), { type: 'pickFiles', conversation: conversationId })
    })
  })

  for (const theme of themeNames)
    it(`can be read by everybody in ${theme}`, async () => {
      await harness.withPage({ theme, width: 420, height: 900 }, async (open) => {
        const thumbnail = base64url(await pictureBytes(open, 64, 48, 'image/webp'))
        const ids = await show(open, [
          file({ name: 'A rather long name of a file that nobody would choose, but some do.tar.gz' }),
          file({ name: 'kettle.iso', size: 10_000 * megabyte }),
          file({
            name: 'tea.png',
            size: 400_000,
            mediaType: 'image/png',
            picture: { width: 640, height: 480, thumbnail },
          }),
          file({ name: 'notes.txt', size: 12_000, mediaType: 'text/plain' }),
        ])
        const states: readonly Partial<FileState>[] = [
          { kind: 'coming', bytes: 40 * megabyte, bytesPerSecond: 3_500_000, secondsLeft: 23 },
          {
            kind: 'here',
            size: 10_000 * megabyte,
            sending: { people: 1, bytes: 7_300 * megabyte, bytesPerSecond: 11_000_000 },
          },
          { kind: 'elsewhere', bytes: 0, size: 400_000 },
          { kind: 'here', bytes: 12_000, size: 12_000 },
        ]
        for (const [i, told] of states.entries())
          await open.send({ type: 'fileState', message: ids[i] ?? idAt(1), state: state(told) })
        await open.send({
          type: 'attachments',
          conversation: conversationId,
          attachments: [
            { id: 1, file: { name: 'screenshot.png', size: 800_000, taken: 300_000 } },
            { id: 2, file: { name: '.env', size: 200, taken: 200 }, warning: 'This looks like it holds a password.' },
          ],
        })
        await open.settle()
        await open.page.screenshot({ path: path.join(artifacts, `files-${theme}.png`) })
        assert.deepEqual(await open.accessibilityProblems(), [])
        const looksDone = await open.page.locator('progress').evaluateAll((bars) =>
          bars.map((bar) => {
            const done = document.createElement('i')
            done.style.background = 'var(--vscode-progressBar-background)'
            bar.after(done)
            return getComputedStyle(bar).backgroundColor === getComputedStyle(done).backgroundColor
          }),
        )
        assert.deepEqual(looksDone, [false, false, false], 'what is still to come looks like what is done')
      })
    })
})
