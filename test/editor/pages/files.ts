import type { TincanView } from './tincanView.ts'

/** What a hand puts into a conversation: a picture from the clipboard, or files of the folder that is open. */
export type Handed =
  | { readonly kind: 'picture'; readonly name: string; readonly width: number; readonly height: number }
  | { readonly kind: 'dropped'; readonly uris: readonly string[] }

/** Hands it over as the browser does; the picture is one that the browser encodes. */
const give = `async (field, handed) => {
  const data = new DataTransfer()
  const init = { bubbles: true, cancelable: true }
  if (handed.kind === 'dropped') {
    data.setData('text/uri-list', handed.uris.join('\\r\\n'))
    field.dispatchEvent(new DragEvent('drop', { ...init, dataTransfer: data }))
    return
  }
  const canvas = document.createElement('canvas')
  canvas.width = handed.width
  canvas.height = handed.height
  const context = canvas.getContext('2d')
  const paint = context.createLinearGradient(0, 0, handed.width, handed.height)
  paint.addColorStop(0, '#d95f02')
  paint.addColorStop(1, '#1b9e77')
  context.fillStyle = paint
  context.fillRect(0, 0, handed.width, handed.height)
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, 'image/png'))
  data.items.add(new File([blob], handed.name, { type: 'image/png' }))
  field.dispatchEvent(new ClipboardEvent('paste', { ...init, clipboardData: data }))
}`

export async function handOver(view: TincanView, handed: Handed): Promise<void> {
  await view.composer.waitFor()
  const text = JSON.stringify(handed)
  await view.composer.evaluate(`(${give})(document.querySelector('tincan-composer textarea'), ${text})`)
}
