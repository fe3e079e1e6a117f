import type { FileObstacle, FileState } from '../../shared/files.ts'
import type { ViewString } from '../../shared/viewStrings.ts'
import type { View } from '../view.ts'

const obstacles: Readonly<Record<FileObstacle, ViewString>> = {
  'nobody-online': 'fileNobodyOnline',
  'nobody-has-it': 'fileNobodyHasIt',
  'others-first': 'fileOthersFirst',
  'disk-full': 'fileDiskFull',
  'disk-failing': 'fileDiskFailing',
}

/** How far a file is, in one line; empty where its name and size say it all. */
export function fileWords({ t, sizes }: Pick<View, 't' | 'sizes'>, state: FileState): string {
  const [bytes, size] = [sizes.bytes(state.bytes), sizes.bytes(state.size)]
  switch (state.kind) {
    case 'coming': {
      // At the very beginning there is no speed to tell of.
      if ((state.bytesPerSecond ?? 0) === 0) return t('fileSoFar', bytes, size)
      const speed = sizes.speed(state.bytesPerSecond ?? 0)
      if (state.secondsLeft === undefined) return t('fileComing', bytes, size, speed)
      return t('fileComingLeft', bytes, size, speed, sizes.seconds(state.secondsLeft))
    }
    case 'waiting':
      return t(obstacles[state.why ?? 'nobody-online'])
    case 'paused':
      return t('filePaused', bytes, size)
    case 'here': {
      const { sending } = state
      if (sending === undefined) return ''
      return t('fileSending', sizes.bytes(sending.bytes), size, sizes.speed(sending.bytesPerSecond))
    }
    case 'elsewhere':
    case 'gone':
      return ''
  }
}
