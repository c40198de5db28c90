// The entry grid. Without this script the same page is a table whose asked figures link to their own form.
import { Board } from "./board.js";
import { Editor } from "./editing.js";
import { Keys } from "./keys.js";
import { Panel } from "./panel.js";
import { Paster } from "./pasting.js";
import { Saver } from "./saving.js";
import { Submitter } from "./submitting.js";
import { ask } from "./talk.js";
import { Undo } from "./undo.js";

const start = (root) => {
  const board = new Board(root);
  const button = (act) => root.querySelector(`[data-act=${act}]`);
  const undo = new Undo(button("undo"));
  const saver = new Saver(board, undo);
  const panel = new Panel(board, saver);
  const editor = new Editor(board, saver);
  const paster = new Paster(board, saver, editor);
  const submitter = new Submitter(board, saver, undo);
  new Keys(board, editor, saver, panel);

  board.onMove((cell) => panel.show(cell));
  saver.onChange((cell) => {
    if (cell === board.active) panel.show(cell);
    showSaved(root, saver);
  });
  button("undo")?.addEventListener("click", () => saver.undoLast());
  button("paste")?.addEventListener("click", () => paster.fromText());
  button("submit-all")?.addEventListener("click", () => submitter.all());
  button("submit-chosen")?.addEventListener("click", () => submitter.chosen());

  root.querySelector("[data-tools]").hidden = false;
  root.querySelectorAll(".grid-wrap").forEach((wrap) => {
    wrap.scrollLeft = wrap.scrollWidth; // the asked period stands at the end
  });
  loadFindings(board, panel);
  root.dataset.ready = "true";
};

const showSaved = (root, saver) => {
  const unsaved = saver.unsaved();
  const busy = unsaved.filter((cell) => cell.status === "busy").length;
  const left = unsaved.length - busy;
  const place = root.querySelector("[data-saved]");
  place.dataset.unsaved = String(left);
  if (left) place.textContent = left === 1 ? "Eén cel is niet opgeslagen." : `${left} cellen zijn niet opgeslagen.`;
  else place.textContent = busy ? "Bezig met opslaan." : "Alles is opgeslagen.";
};

const loadFindings = async (board, panel) => {
  // What the checks say of drafts that stood here already.
  const drafts = board.cells().filter((cell) => ["concept", "teruggegeven"].includes(cell.state));
  if (!drafts.length) return;
  const { status, data } = await ask(board.root.dataset.findings);
  if (status !== 200) return;
  for (const cell of drafts) {
    const found = data.findings[String(cell.proposal)];
    if (found && !cell.isUnsaved && !cell.findings.length) {
      cell.findings = found;
      if (!cell.element.querySelector("input")) cell.paint();
      if (cell === board.active) panel.show(cell);
    }
  }
};

document.querySelectorAll("[data-grid]").forEach(start);
