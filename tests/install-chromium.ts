// What the browser tests need besides the packages: a Chromium, installed where there is none.
import { findChromium } from "./helpers/chromium.ts";

await findChromium();
