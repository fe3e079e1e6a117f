import { App } from './app.ts'
import { tameContextMenu } from './contextMenu.ts'
import { onHostMessage, openVsCodeApi } from './vscodeApi.ts'

const app = new App()
app.api = openVsCodeApi()
onHostMessage((message) => {
  app.receive(message)
})
tameContextMenu(document)
document.body.append(app)
app.api.post({ type: 'ready' })
