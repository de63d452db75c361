export { columnsOf, columnsOfText, cutToColumns, type WidthPolicy } from "./lib/width/columns.js";
