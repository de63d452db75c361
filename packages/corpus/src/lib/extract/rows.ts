import type { Row, TableName } from "../schema/tables.js";

/** Takes rows of tables. */
export type AddRow = (table: TableName, row: Row) => void;
