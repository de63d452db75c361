export type { EvidenceFile, PageOptions, PageRecording } from "./lib/page/encode-page.js";
export type { PageDifference, PageEvent, PageFailure } from "./lib/page/page-data.js";
export { renderPage, renderPageData } from "./lib/page/render-page.js";
export type { MomentScreen } from "./lib/page/screen-encoder.js";
