// Native dialogs that the server renders: the browser keeps the focus inside and closes them on Esc.

/** Opens it over the page. A click beside it closes it. */
export function open(dialog) {
  if (dialog?.isConnected && !dialog.open) {
    dialog.showModal();
    dialog.onclick = event => event.target === dialog && dialog.close();
  }
}

/** Closes it; the browser puts the focus back to where it was. */
export function close(dialog) {
  dialog?.close();
}
