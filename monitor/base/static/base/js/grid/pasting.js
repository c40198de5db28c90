// A block from a spreadsheet: the server reads it, the reader sees what would change, and only then it is saved.
import { closed } from "./asking.js";
import { ask, make, say } from "./talk.js";

const SKIP = "overslaan";

export class Paster {
  constructor(board, saver, editor) {
    Object.assign(this, { board, saver, editor });
    this.dialog = document.querySelector("[data-plan]");
    this.dialog.querySelector("form").addEventListener("submit", (event) => this.check(event));
    document.addEventListener("paste", (event) => this.pasted(event));
    document.addEventListener("copy", (event) => this.copied(event));
  }

  get inGrid() {
    return !this.editor.isOpen && this.board.byElement.has(document.activeElement);
  }

  copied(event) {
    if (!this.inGrid) return;
    const rows = new Map();
    for (const cell of this.board.chosen()) rows.set(cell.row, [...(rows.get(cell.row) || []), cell.typed]);
    event.clipboardData.setData("text/plain", [...rows.values()].map((row) => row.join("\t")).join("\n"));
    event.preventDefault();
  }

  pasted(event) {
    if (!this.inGrid || !this.board.mayEnter) return;
    event.preventDefault();
    this.read(event.clipboardData.getData("text/plain"));
  }

  async fromText() {
    // For whoever cannot paste in the grid itself.
    const dialog = document.querySelector("[data-paste-text]");
    const field = dialog.querySelector("textarea");
    field.value = "";
    const start = this.board.active || this.board.cells().find((cell) => cell.mayType);
    if ((await closed(dialog)) !== "lees" || !field.value.trim() || !start) return;
    this.board.go(start);
    await this.read(field.value);
  }

  targets(text) {
    const { table, row, column } = this.board.active;
    const lines = text.split("\n");
    const width = Math.max(...lines.map((line) => line.split("\t").length));
    return table.rows
      .slice(row, row + lines.length)
      .map((cells) => cells.slice(column, column + width).map((cell) => [cell.series, cell.period]));
  }

  async read(text) {
    const start = this.board.active;
    if (!/[\t\n]/.test(text.trim())) {
      if (start.mayType && text.trim()) this.saver.save(start, { value: text.trim() });
      else if (!start.mayType) say("Deze cel is hier niet te wijzigen.", true);
      return;
    }
    const { status, data } = await ask(this.board.root.dataset.paste, { text, targets: this.targets(text) });
    if (status !== 200) {
      say(`Fout: ${data.error}`, true);
      return;
    }
    this.show(data.cells);
    const answer = closed(this.dialog);
    (this.dialog.querySelector("select") || this.dialog.querySelector("[data-plan-save]:enabled"))?.focus();
    const wish = await answer;
    this.board.go(start);
    if (wish === "opslaan") await this.save();
  }

  show(plan) {
    this.plan = plan;
    const count = (...kinds) => plan.filter((one) => kinds.includes(one.outcome)).length;
    const parts = [
      [count("opslaan"), "op te slaan"], [count("vraag"), "te beantwoorden"], [count("gelijk", "leeg"), "ongewijzigd"],
      [count("vast"), "niet te wijzigen"], [count("geweigerd"), "geen getal"], [count("buiten"), "buiten het rooster"],
    ].filter(([number]) => number > 0);
    this.dialog.querySelector("[data-plan-summary]").textContent =
      `Er is nog niets opgeslagen. ${parts.map(([number, words]) => `${number} ${words}`).join(", ")}.`;
    this.dialog.querySelector("[data-plan-rows]").replaceChildren(...plan.map((one, number) => this.line(one, number)));
    this.dialog.querySelector("[data-plan-error]").textContent = "";
    this.dialog.querySelector("[data-plan-save]").disabled = count("opslaan", "vraag") === 0;
  }

  line(one, number) {
    const line = make("tr");
    line.dataset.outcome = one.outcome;
    line.setAttribute("role", "row");
    const place = make("th", "", `rij ${one.row}, kolom ${one.column}`);
    place.scope = "row";
    const last = make("td");
    if (one.outcome === "vraag") last.append(this.question(one, number));
    else last.append(make(one.outcome === "opslaan" ? "strong" : "span", "", one.words || one.becomes));
    line.append(
      place, make("td", "", one.name || "–"), make("td", "", one.when || "–"),
      this.amount("Geplakt: ", one.text || "(leeg)"), this.amount("Staat er nu: ", one.now), last,
    );
    for (const cell of line.cells) cell.setAttribute("role", cell === place ? "rowheader" : "cell");
    return line;
  }

  amount(label, text) {
    // On a narrow screen the heads are gone and each value names itself.
    const cell = make("td", "number");
    if (text) cell.append(make("span", "narrow-only", label), text);
    return cell;
  }

  question(one, number) {
    const field = make("select", "utrecht-select utrecht-select--html-select");
    field.dataset.question = String(number);
    field.setAttribute("aria-label", `Hoe is ‘${one.text}’ bedoeld, ${one.name}, ${one.when}?`);
    field.append(new Option("Kies wat u bedoelt", ""));
    one.choices.forEach((choice, place) => field.append(new Option(choice.label, String(place))));
    field.append(new Option("Sla dit niet op", SKIP));
    return field;
  }

  check(event) {
    // Nothing is saved before every question has its answer.
    if (event.submitter?.value !== "opslaan") return;
    const open = [...this.dialog.querySelectorAll("select")].filter((field) => field.value === "");
    if (!open.length) return;
    event.preventDefault();
    open[0].focus();
    this.dialog.querySelector("[data-plan-error]").textContent =
      `Kies eerst wat u bedoelt: nog ${open.length} te beantwoorden. Er is niets opgeslagen.`;
  }

  async save() {
    const wishes = [];
    this.plan.forEach((one, number) => {
      const field = this.dialog.querySelector(`[data-question="${number}"]`);
      const chosen = field && field.value !== SKIP ? one.choices[Number(field.value)].changes : null;
      const changes = one.outcome === "opslaan" ? one.changes : chosen;
      const cell = one.cell && this.board.same(one.cell.series, one.cell.period);
      if (changes && cell) wishes.push({ cell, changes: { ...changes, value_high: "", qualifier: "" } });
    });
    if (wishes.length) await this.saver.saveBlock(wishes);
    else say("Er is niets opgeslagen.");
  }
}
