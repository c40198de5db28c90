// All tables of the page: which cell has the focus, which are chosen, and how to walk.
import { Cell } from "./cells.js";

class Table {
  constructor(element, board, number) {
    this.board = board;
    this.number = number;
    this.element = element;
    this.heads = [...element.tHead.rows[0].cells].slice(1);
    this.rows = [...element.tBodies[0].rows].map((row, y) =>
      [...row.cells].slice(1).map((cell, x) => new Cell(cell, this, y, x)),
    );
    this.giveRoles();
  }

  giveRoles() {
    // From a table to a grid: its cells take the place of its links.
    const { element } = this;
    element.setAttribute("role", "grid");
    element.setAttribute("aria-multiselectable", "true");
    element.setAttribute("aria-rowcount", String(this.rows.length + 1));
    element.closest("[role=region]")?.removeAttribute("tabindex");
    for (const group of [element.tHead, element.tBodies[0]]) group.setAttribute("role", "rowgroup");
    for (const row of element.rows) row.setAttribute("role", "row");
    for (const head of element.tHead.rows[0].cells) head.setAttribute("role", "columnheader");
    this.rows.forEach((cells) => {
      const head = cells[0].element.parentElement.cells[0];
      head.setAttribute("role", "rowheader");
      head.querySelectorAll("a").forEach((link) => link.setAttribute("tabindex", "-1"));
      cells.forEach((cell) => {
        cell.element.setAttribute("role", "gridcell");
        cell.element.tabIndex = -1;
        cell.paint();
      });
    });
    const first = this.cells().find((cell) => cell.mayType) || this.rows[0][0];
    first.element.tabIndex = 0;
    this.stop = first;
  }

  cells() {
    return this.rows.flat();
  }

  at(row, column) {
    return this.rows[row]?.[column] || null;
  }
}

export class Board {
  constructor(root) {
    this.root = root;
    this.mayEnter = "mayEnter" in root.dataset;
    this.tables = [...root.querySelectorAll("[data-table]")].map((table, number) => new Table(table, this, number));
    this.byElement = new Map(this.cells().map((cell) => [cell.element, cell]));
    this.active = null;
    this.anchor = null;
    this.listeners = [];
  }

  cells() {
    return this.tables.flatMap((table) => table.cells());
  }

  cellOf(node) {
    return this.byElement.get(node instanceof Element ? node.closest("[role=gridcell]") : null) || null;
  }

  same(series, period) {
    // A figure can stand in one table only, but a search is cheap.
    return this.cells().find((cell) => cell.series === series && cell.period === period) || null;
  }

  onMove(listener) {
    this.listeners.push(listener);
  }

  go(cell, { extend = false, focus = true } = {}) {
    // Make a cell the active one; with ``extend`` the choice grows from where it began.
    if (!cell) return;
    cell.table.stop.element.tabIndex = -1;
    cell.element.tabIndex = 0;
    cell.table.stop = cell;
    this.active = cell;
    if (!extend || this.anchor?.table !== cell.table) this.anchor = cell;
    this.choose();
    if (focus) {
      cell.element.focus({ preventScroll: true });
      cell.element.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
    this.listeners.forEach((listener) => listener(cell));
  }

  choose() {
    const chosen = new Set(this.chosen());
    const several = chosen.size > 1;
    for (const cell of this.cells()) {
      if (several && chosen.has(cell)) cell.element.setAttribute("aria-selected", "true");
      else cell.element.removeAttribute("aria-selected");
    }
  }

  chosen() {
    // The rectangle between where the choice began and where it is now.
    if (!this.active) return [];
    const [one, other] = [this.anchor || this.active, this.active];
    const [top, bottom] = [Math.min(one.row, other.row), Math.max(one.row, other.row)];
    const [left, right] = [Math.min(one.column, other.column), Math.max(one.column, other.column)];
    return other.table.rows.slice(top, bottom + 1).flatMap((row) => row.slice(left, right + 1));
  }

  step(dx, dy, extend = false) {
    const { table, row, column } = this.active;
    this.go(table.at(row + dy, column + dx), { extend });
  }

  edge(dx, dy, extend = false) {
    const { table, row, column } = this.active;
    const last = [table.rows.length - 1, table.heads.length - 1];
    const y = dy ? (dy < 0 ? 0 : last[0]) : row;
    const x = dx ? (dx < 0 ? 0 : last[1]) : column;
    this.go(table.at(y, x), { extend });
  }

  nextOpen(direction) {
    // The next cell that can be filled in, in reading order over all tables; null when there is none.
    const open = this.cells().filter((cell) => cell.mayType || cell === this.active);
    return open[open.indexOf(this.active) + direction] || null;
  }

  below() {
    // Where Enter goes: the next cell down that can be filled in, else the one just below.
    const { table, row, column } = this.active;
    for (let y = row + 1; y < table.rows.length; y += 1) {
      if (table.at(y, column).mayType) return table.at(y, column);
    }
    return table.at(row + 1, column);
  }
}
