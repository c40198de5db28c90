// The keyboard and the mouse in the grid.

export class Keys {
  constructor(board, editor, saver, panel) {
    Object.assign(this, { board, editor, saver, panel });
    this.isReleased = false; // Escape was pressed: Tab then leaves the grid
    board.root.addEventListener("keydown", (event) => this.down(event));
    board.root.addEventListener("focusin", (event) => this.focused(event));
    board.root.addEventListener("mousedown", (event) => this.pressed(event));
  }

  focused(event) {
    const cell = this.board.byElement.get(event.target);
    if (cell && cell !== this.board.active) this.board.go(cell, { focus: false });
  }

  pressed(event) {
    const cell = this.board.cellOf(event.target);
    if (!cell || event.target.closest("input") || event.button !== 0) return;
    event.preventDefault();
    this.editor.end(true);
    const again = cell === this.board.active && document.activeElement === cell.element && !event.shiftKey;
    this.board.go(cell, { extend: event.shiftKey });
    if (again) this.edit(cell); // pressing a cell once more opens it: a telephone has no other way
  }

  edit(cell, text) {
    if (cell && !this.editor.isOpen && !this.editor.begin(cell, text)) this.panel.explainWhyNot(cell);
  }

  down(event) {
    if (!this.board.byElement.has(event.target) || this.editor.isOpen) return;
    const wasReleased = this.isReleased;
    this.isReleased = false;
    const handler = this.plain(event) || this.moves(event);
    if (event.key === "Tab" && wasReleased) return;
    if (!handler) return;
    if (handler() !== false) event.preventDefault();
  }

  plain(event) {
    const { key } = event;
    const control = event.ctrlKey || event.metaKey;
    const { board } = this;
    if (control && key.toLowerCase() === "z") return () => this.saver.undoLast();
    if (event.altKey && key === "Enter") return () => this.panel.openDetails();
    if (control || event.altKey) return null;
    if (key === "Enter" || key === "F2") return () => this.edit(board.active);
    if (key === "Delete" || key === "Backspace") return () => this.empty();
    if (key === "Escape") return () => this.release();
    if (key.length === 1 && key !== " ") return () => this.edit(board.active, key);
    return key === " " ? () => true : null;
  }

  moves(event) {
    const { key, shiftKey } = event;
    const control = event.ctrlKey || event.metaKey;
    const { board } = this;
    const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    if (event.altKey) return null;
    if (key in arrows) return () => (control ? board.edge(...arrows[key], shiftKey) : board.step(...arrows[key], shiftKey));
    if (key === "Home") return () => board.edge(-1, control ? -1 : 0, shiftKey);
    if (key === "End") return () => board.edge(1, control ? 1 : 0, shiftKey);
    if (key === "Tab") {
      return () => {
        const next = board.nextOpen(shiftKey ? -1 : 1);
        board.go(next);
        return next !== null;
      };
    }
    return null;
  }

  release() {
    this.isReleased = true;
    this.board.anchor = this.board.active;
    this.board.choose();
  }

  empty() {
    const filled = this.board.chosen().filter((cell) => cell.mayType && this.board.mayEnter && cell.typedNow !== "");
    const wishes = filled.map((cell) => ({ cell, changes: { value: "" } }));
    if (wishes.length === 1) this.saver.save(wishes[0].cell, wishes[0].changes);
    else if (wishes.length) this.saver.saveBlock(wishes);
    else if (!this.board.active.mayType) this.panel.explainWhyNot(this.board.active);
  }
}
