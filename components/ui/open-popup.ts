/** One that is on its way out has no use for keys any more. */
const POPUP = ":is([role=dialog], [role=alertdialog], [role=menu]):not([data-closed])";

/** Whether a dialog or a menu is open: keys are for that one alone. */
export const isPopupOpen = (): boolean => document.querySelector(POPUP) !== null;
