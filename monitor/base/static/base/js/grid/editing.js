// Typing in a cell.
import { make } from "./talk.js";

export class Editor {
  constructor(board, saver) {
    this.board = board;
    this.saver = saver;
    this.cell = null;
  }

  get isOpen() {
    return this.cell !== null;
  }

  begin(cell, text) {
    // ``text`` takes the place of what stands there; arrows then leave the cell, as in a spreadsheet.
    if (!cell.mayType || !this.board.mayEnter) return false;
    this.cell = cell;
    this.replaces = text !== undefined;
    this.before = cell.typedNow;
    this.input = make("input", "grid__input");
    Object.assign(this.input, { type: "text", value: text ?? this.before, inputMode: "decimal", autocomplete: "off" });
    this.input.setAttribute("aria-label", `${cell.label}${cell.unit ? `, ${cell.unit}` : ""}`);
    this.input.addEventListener("blur", () => this.end(true));
    this.input.addEventListener("keydown", (event) => this.key(event));
    cell.element.replaceChildren(this.input);
    this.input.focus();
    if (!this.replaces) this.input.select();
    return true;
  }

  end(keep) {
    // Leave the cell; what was changed is saved at once.
    const { cell, input } = this;
    if (!cell) return;
    this.cell = null;
    const text = input.value.trim();
    const isNew = text !== this.before || cell.status === "unsaved" || cell.status === "error";
    cell.paint();
    if (keep && isNew) this.saver.save(cell, { value: text });
  }

  leave(keep, next) {
    const { cell } = this;
    this.end(keep);
    this.board.go(next || cell);
  }

  key(event) {
    const { key, shiftKey } = event;
    const { cell, board } = this;
    event.stopPropagation();
    const go = (keep, next) => {
      event.preventDefault();
      this.leave(keep, next);
    };
    if (key === "Escape") go(false, cell);
    else if (key === "Enter" && event.altKey) event.preventDefault();
    else if (key === "Enter") go(true, shiftKey ? cell.table.at(cell.row - 1, cell.column) : board.below());
    else if (key === "Tab") go(true, board.nextOpen(shiftKey ? -1 : 1));
    else if (this.replaces && key === "ArrowDown") go(true, cell.table.at(cell.row + 1, cell.column));
    else if (this.replaces && key === "ArrowUp") go(true, cell.table.at(cell.row - 1, cell.column));
  }
}
