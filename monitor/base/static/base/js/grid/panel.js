// Beside the grid: what is said of the active cell, and its details.
import { alertBox, fetchPart, make, say } from "./talk.js";

export class Panel {
  constructor(board, saver) {
    Object.assign(this, { board, saver, cell: null });
    this.root = board.root.querySelector("[data-panel]");
    this.details = this.part("details");
    this.explain = this.part("explain");
    this.root.hidden = false;
    this.root.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.close();
    });
    this.root.addEventListener("click", (event) => this.clicked(event));
    this.explain.addEventListener("submit", (event) => this.saveExplanation(event));
    this.details.addEventListener("submit", (event) => this.saveDetails(event));
  }

  part(name) {
    return this.root.querySelector(`[data-panel-${name}]`);
  }

  show(cell) {
    if (cell !== this.cell) this.details.replaceChildren();
    this.cell = cell;
    this.part("name").textContent = cell.label;
    const [, words] = cell.stateWords();
    const typed = cell.isUnsaved && cell.mine ? cell.typedNow : cell.shown;
    this.part("state").textContent = [
      typed ? `${typed}${cell.unit ? ` (${cell.unit})` : ""}` : "geen waarde", words, cell.mayType ? "" : "alleen lezen",
    ].filter(Boolean).join(" · ");
    this.part("message").replaceChildren(...this.messages(cell));
    this.part("findings").replaceChildren(...cell.findings.map((one) => this.finding(one)));
    this.explain.hidden = !(cell.warnings.length && cell.mayType && this.board.mayEnter && !cell.isUnsaved);
    this.root.querySelector("[data-act=details]").disabled = false;
  }

  finding(one) {
    const line = make("li");
    const compared = one.compared.map(([label, text]) => `${label}: ${text}`).join("; ");
    line.append(make("strong", "", one.severity === "fout" ? "✖ Fout: " : "⚠ Waarschuwing: "), one.message);
    if (compared) line.append(" ", make("span", "quiet", `(${compared})`));
    return line;
  }

  messages(cell) {
    // What went wrong with saving, and what can be done about it.
    if (!["error", "conflict", "unsaved"].includes(cell.status)) return [];
    const { box, message } = alertBox(cell.status === "conflict" ? "warning" : "error", cell.message);
    const buttons = make("div", "buttons");
    const button = (act, text) => {
      const one = make("button", "utrecht-button utrecht-button--secondary-action", text);
      Object.assign(one, { type: "button" });
      one.dataset.act = act;
      buttons.append(one);
    };
    if (cell.status === "conflict") {
      const who = cell.theirs?.changedBy ? ` (${cell.theirs.changedBy})` : "";
      message.append(make("p", "", `U typte: ${cell.typedNow || "leeg"}. Daar staat: ${cell.theirs?.shown || "leeg"}${who}.`));
      button("keep-theirs", "Hunne houden");
      button("keep-mine", "Mijne opslaan");
    } else {
      if (cell.status === "unsaved") button("retry", "Probeer opnieuw");
      button("drop", "Laat mijn invoer vallen");
    }
    message.append(buttons);
    return [box];
  }

  clicked(event) {
    const act = event.target.closest("[data-act]")?.dataset.act;
    const { cell, saver } = this;
    const acts = {
      details: () => this.openDetails(),
      "close-details": () => this.close(),
      "keep-theirs": () => this.back(() => saver.drop(cell)),
      "keep-mine": () => this.back(() => saver.keepMine(cell)),
      retry: () => this.back(() => saver.retry(cell)),
      drop: () => this.back(() => saver.drop(cell)),
    };
    if (act in acts) acts[act]();
  }

  back(work) {
    work();
    this.board.go(this.cell);
  }

  close() {
    this.details.replaceChildren();
    this.board.go(this.cell);
  }

  explainWhyNot(cell) {
    const why = this.board.mayEnter
      ? "Deze cel is hier niet te wijzigen. Open de details met Alt en Enter om een wijziging te beginnen."
      : "U kunt hier alleen lezen.";
    this.part("message").replaceChildren(alertBox("info", why).box);
    say(why, true);
  }

  async openDetails() {
    // The first thing that asks for an answer gets the focus, at once when it stands there already.
    const { cell } = this;
    const asking =
      this.part("message").querySelector("button") || (this.explain.hidden ? null : this.explain.querySelector("textarea"));
    asking?.focus();
    const html = await fetchPart(cell.url);
    if (cell !== this.cell) return;
    if (html === null) {
      say("De details zijn niet te laden. Probeer het opnieuw.", true);
      return;
    }
    this.details.innerHTML = html;
    if (!asking) this.details.querySelector("summary, input, select, textarea, a")?.focus();
  }

  saveExplanation(event) {
    event.preventDefault();
    const field = this.explain.querySelector("textarea");
    this.saver.save(this.cell, { explanation: field.value });
    field.value = "";
    this.board.go(this.cell);
  }

  async saveDetails(event) {
    event.preventDefault();
    const { cell } = this;
    const form = event.target;
    const changes = {};
    for (const field of form.elements) {
      const stood = field.options ? [...field.options].find((one) => one.defaultSelected)?.value ?? "" : field.defaultValue;
      if (field.name && field.value !== stood) changes[field.name] = field.value;
    }
    const { status, data } = (await this.saver.save(cell, changes)) || {};
    if (status === 200) this.close();
    else this.pointOut(form, data?.fields || {});
  }

  pointOut(form, wrong) {
    // Each field with its own sentence; the first one gets the focus.
    form.querySelectorAll("[data-field]").forEach((place) => {
      const text = wrong[place.dataset.field];
      const input = place.querySelector("input, select, textarea");
      place.querySelector(".utrecht-form-field-error-message")?.remove();
      input.removeAttribute("aria-invalid");
      if (!text) return;
      const line = make("div", "utrecht-form-field-error-message", text);
      line.id = `${input.id}_fout`;
      input.setAttribute("aria-invalid", "true");
      input.setAttribute("aria-describedby", line.id);
      place.querySelector(".utrecht-form-field__input").before(line);
    });
    form.querySelector("[aria-invalid]")?.focus();
  }
}
