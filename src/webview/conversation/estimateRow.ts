import { cachedPatch } from '../patch/cachedPatch.ts'
import type { Row } from '../state/buildRows.ts'

const lineHeight = 20
const averageCharWidth = 7

/** A guess of a row's height in pixels before it was ever shown, so that the scroll bar is about right from the start. */
export function estimateRow(row: Row, widthPx: number): number {
  switch (row.kind) {
    case 'top':
      return 90
    case 'day':
    case 'new':
      return 37
    case 'notice':
      return 32
    case 'changes':
      return row.isFolded === true ? 32 : 32 * (row.messages.length + (row.isFolded === false ? 1 : 0))
    case 'pending':
      return 50 + lineHeight * countLines(row.send.text, widthPx)
    case 'message': {
      const { body } = row.message
      const head = (row.first ? 34 : 4) + (row.state === undefined ? 0 : 18)
      if (body.kind === 'text') return head + lineHeight * countLines(body.text, widthPx)
      if (body.kind === 'snippet') return head + 70 + lineHeight * Math.min(body.text.split('\n').length, 14)
      if (body.kind === 'patch') return head + 90 + 28 * Math.min(cachedPatch(body.text).length, 40)
      if (body.kind === 'file') return head + 80 + (body.picture === undefined ? 0 : Math.min(body.picture.height, 240))
      return head + lineHeight
    }
  }
}

function countLines(text: string, widthPx: number): number {
  const perLine = Math.max(20, Math.floor((widthPx - 60) / averageCharWidth))
  return text.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / perLine)), 0)
}
