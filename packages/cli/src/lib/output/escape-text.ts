export { dropUnsafe, escapeJson, escapeLine, escapeText } from "@cassette/format";
