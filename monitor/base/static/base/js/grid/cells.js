// One cell: what the server knows of it, what this person typed that is not there yet, and how that looks.
import { make } from "./talk.js";

const NOT_THERE_YET = { busy: "bezig met opslaan", error: "fout", conflict: "conflict", unsaved: "niet opgeslagen" };
const SIGNS = { busy: "…", error: "✖", conflict: "⇄", unsaved: "✖" };

export class Cell {
  constructor(element, table, row, column) {
    Object.assign(this, { element, table, row, column });
    const data = element.dataset;
    this.series = Number(data.series);
    this.period = Number(data.period);
    this.name = element.parentElement.querySelector("th").dataset.name;
    this.unit = element.parentElement.querySelector("th").dataset.unit;
    this.when = table.heads[column].dataset.label;
    this.status = ""; // busy, saved, error, conflict, unsaved
    this.mine = null; // changes that are not saved
    this.message = "";
    this.theirs = null;
    this.findings = [];
    this.queue = Promise.resolve();
    this.take({
      proposal: Number(data.proposal || 0), version: Number(data.version || 0), revision: Number(data.revision || 0),
      state: data.state || "", words: data.words || "", symbol: data.symbol || "", shown: data.shown || "",
      typed: data.typed || "",
      mayType: "open" in data,
    });
  }

  take(known) {
    // What the server says of this cell.
    const { proposal, version, revision, state, words, symbol, shown, typed, mayType } = known;
    Object.assign(this, { proposal, version, revision, state, words, symbol, shown, typed, mayType });
  }

  get url() {
    return `${this.table.board.root.dataset.cells}${this.series}/${this.period}/`;
  }

  get isUnsaved() {
    return ["busy", "error", "conflict", "unsaved"].includes(this.status);
  }

  get isReady() {
    // Whether it can go to the second officer.
    return !this.isUnsaved && this.proposal > 0 && this.shown !== "" && ["concept", "teruggegeven"].includes(this.state);
  }

  get typedNow() {
    // What editing starts with: what this person typed, else what stands there.
    return this.mine && typeof this.mine.value === "string" ? this.mine.value : this.typed;
  }

  get errors() {
    return this.findings.filter((finding) => finding.severity === "fout");
  }

  get warnings() {
    return this.findings.filter((finding) => finding.severity === "waarschuwing");
  }

  get label() {
    return `${this.name}, ${this.when}`;
  }

  fail(status, message) {
    this.status = status;
    this.message = message;
    this.paint();
  }

  paint() {
    const value = this.isUnsaved && this.mine ? this.typedNow : this.shown;
    const parts = [make("span", "grid__value", value)];
    const [sign, words] = this.stateWords();
    if (words) {
      const line = make("span", "grid__state");
      const mark = make("span", "", sign);
      mark.setAttribute("aria-hidden", "true");
      line.append(mark, ` ${words}`);
      parts.push(line);
    }
    parts.push(...this.marks());
    this.element.replaceChildren(...parts);
    this.element.dataset.state = this.state;
    this.element.dataset.status = this.status;
    this.element.setAttribute("aria-readonly", String(!this.mayType));
    const wrong = this.errors.length > 0 || this.status === "error";
    wrong ? this.element.setAttribute("aria-invalid", "true") : this.element.removeAttribute("aria-invalid");
  }

  stateWords() {
    if (this.status === "conflict") return [SIGNS.conflict, `conflict: daar staat ${this.theirs?.shown || "niets"}`];
    if (this.status in NOT_THERE_YET) return [SIGNS[this.status], NOT_THERE_YET[this.status]];
    if (this.status === "saved") return ["✓", `${this.words ? `${this.words}, ` : ""}opgeslagen`];
    return [this.symbol, this.words];
  }

  marks() {
    // What the checks say: a sign and words in the cell, the sentences for a screen reader beside it.
    if (!this.findings.length) {
      this.element.removeAttribute("aria-describedby");
      return [];
    }
    const [kind, sign] = this.errors.length ? ["bad", "✖ fout"] : ["attention", "⚠ let op"];
    const told = make("span", "", this.findings.map((finding) => finding.message).join(" "));
    told.id = `toets-${this.table.number}-${this.series}-${this.period}`;
    told.hidden = true;
    this.element.setAttribute("aria-describedby", told.id);
    return [make("span", `grid__mark grid__mark--${kind}`, sign), told];
  }
}
