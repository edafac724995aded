/** Whether a dialog or a menu is open: keys are for that one alone. */
export const isPopupOpen = (): boolean =>
  document.querySelector("dialog, [role=dialog], [role=menu]") !== null;
