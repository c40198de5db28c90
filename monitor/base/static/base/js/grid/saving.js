// Saving cells: one after another per cell, visibly, and without losing what was typed.
import { askWhich } from "./asking.js";
import { ask, say } from "./talk.js";

const blank = {
  value: "", marker: "", value_high: "", qualifier: "", source: "", place: "", footnote: "", remark: "",
  explanation: "", change_kind: "", reason: "",
};

export class Saver {
  constructor(board, undo) {
    this.board = board;
    this.undo = undo;
    this.listeners = [];
    window.addEventListener("beforeunload", (event) => {
      if (this.unsaved().length) event.preventDefault();
    });
    window.addEventListener("online", () => this.retryAll());
  }

  onChange(listener) {
    this.listeners.push(listener);
  }

  changed(cell) {
    cell.paint();
    this.listeners.forEach((listener) => listener(cell));
  }

  unsaved() {
    return this.board.cells().filter((cell) => cell.isUnsaved);
  }

  save(cell, changes, { remember = true } = {}) {
    // Saves of one cell wait for each other: each names the version that the one before made.
    cell.mine = changes;
    cell.status = "busy";
    this.changed(cell);
    cell.queue = cell.queue.then(() => this.send(cell, changes, remember));
    return cell.queue;
  }

  async send(cell, changes, remember) {
    const { status, data } = await ask(cell.url, { version: cell.version, revision: cell.revision, changes });
    if (cell.mine !== null && cell.mine !== changes) this.settleOlder(cell, status, data, remember);
    else if (status === 200) this.settle(cell, data, remember);
    else if (status === 409) this.clash(cell, data);
    else if (status === 400 && data.choices?.length) await this.askAgain(cell, changes, data, remember);
    else this.refuse(cell, status, data);
    return { status, data };
  }

  settleOlder(cell, status, data, remember) {
    // Something newer was typed while this was under way: only what the server knows is taken over.
    if (status !== 200) return;
    cell.take(data.cell);
    if (remember) this.undo.remember([{ cell, before: data.before }]);
  }

  settle(cell, data, remember) {
    cell.take(data.cell);
    cell.findings = data.findings;
    Object.assign(cell, { mine: null, theirs: null, message: "", status: "saved" });
    if (remember) this.undo.remember([{ cell, before: data.before }]);
    this.changed(cell);
    const told = data.findings.map((one) => `${one.severity}: ${one.message}`).join(" ");
    const hint = cell.warnings.length ? " Met Alt en Enter geeft u een toelichting." : "";
    say(`${cell.shown || "leeg"} opgeslagen. ${told}${hint}`, cell.findings.length > 0);
  }

  clash(cell, data) {
    cell.theirs = data.theirs;
    cell.fail("conflict", data.error);
    this.undo.forget(cell);
    this.changed(cell);
    say(`Conflict: ${cell.label}. ${data.error} Met Alt en Enter kiest u welke waarde blijft.`, true);
  }

  async askAgain(cell, changes, data, remember) {
    cell.fail("error", data.error);
    this.changed(cell);
    const chosen = await askWhich(data.error, data.choices);
    this.board.go(cell);
    if (!chosen) return;
    const { value, ...rest } = changes;
    cell.mine = { ...rest, ...chosen };
    await this.send(cell, cell.mine, remember);
  }

  refuse(cell, status, data) {
    cell.fail(status === 0 ? "unsaved" : "error", data.error);
    this.changed(cell);
    say(`Fout: ${cell.label}. ${data.error}`, true);
  }

  retry(cell) {
    if (cell.mine) this.save(cell, cell.mine);
  }

  retryAll() {
    this.unsaved().filter((cell) => cell.status === "unsaved").forEach((cell) => this.retry(cell));
  }

  drop(cell) {
    // Let go of what was typed; what the server knows stands.
    Object.assign(cell, { mine: null, message: "", status: "" });
    if (cell.theirs) this.takeTheirs(cell);
    this.changed(cell);
    say(`${cell.shown || "leeg"} staat er weer.`);
  }

  takeTheirs(cell) {
    cell.take(cell.theirs);
    Object.assign(cell, { mine: null, theirs: null, message: "", status: "", findings: [] });
  }

  keepMine(cell) {
    // Save over theirs, now that both were seen.
    const { mine } = cell;
    this.takeTheirs(cell);
    return this.save(cell, mine);
  }

  takeAnswers(answers, remember = true) {
    // What became of each cell of a block; returns how many were saved.
    const steps = [];
    for (const one of answers) {
      const cell = this.board.same(one.series, one.period);
      if (!cell) continue;
      if (one.cell) {
        cell.take(one.cell);
        Object.assign(cell, { findings: one.findings, mine: null, theirs: null, message: "", status: "saved" });
        steps.push({ cell, before: one.before });
      } else {
        cell.theirs = one.theirs;
        cell.fail(one.theirs ? "conflict" : "error", one.error);
      }
      this.changed(cell);
    }
    if (remember) this.undo.remember(steps);
    return steps.length;
  }

  async saveBlock(wishes, { remember = true } = {}) {
    // Many cells at once; ``wishes`` are cells with their changes.
    for (const { cell, changes } of wishes) {
      Object.assign(cell, { mine: changes, status: "busy" });
      this.changed(cell);
    }
    await Promise.all(wishes.map(({ cell }) => cell.queue));
    const cells = wishes.map(({ cell, changes }) => ({
      series: cell.series, period: cell.period, version: cell.version, revision: cell.revision, changes,
    }));
    const { status, data } = await ask(this.board.root.dataset.block, { cells });
    if (status !== 200) {
      wishes.forEach(({ cell }) => cell.fail(status === 0 ? "unsaved" : "error", data.error));
      this.changed(wishes[0].cell);
      say(`Fout: ${data.error}`, true);
      return;
    }
    const saved = this.takeAnswers(data.cells, remember);
    const missed = data.cells.length - saved;
    say(`${saved} opgeslagen${missed ? `, ${missed} niet` : ""}.`, missed > 0);
  }

  async undoLast() {
    const steps = this.undo.take();
    if (!steps) {
      say("Er is niets om ongedaan te maken.");
      return;
    }
    const wishes = steps.map(({ cell, before }) => ({ cell, changes: before || blank }));
    if (wishes.length === 1) await this.save(wishes[0].cell, wishes[0].changes, { remember: false });
    else await this.saveBlock(wishes, { remember: false });
    this.board.go(wishes[0].cell);
  }
}
