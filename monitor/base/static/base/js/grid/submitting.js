// Giving values to the second officer, and telling per cell what could not go.
import { alertBox, ask, make, say } from "./talk.js";

export class Submitter {
  constructor(board, saver, undo) {
    Object.assign(this, { board, saver, undo });
    this.place = board.root.querySelector("[data-result]");
  }

  all() {
    return this.send(this.board.cells());
  }

  chosen() {
    return this.send(this.board.chosen());
  }

  async send(cells) {
    await Promise.all(cells.map((cell) => cell.queue));
    const ready = [...new Map(cells.filter((cell) => cell.isReady).map((cell) => [cell.proposal, cell])).values()];
    if (!ready.length) {
      this.tell("info", "Er is niets om ter controle te geven: vul eerst een cijfer in, of kies andere cellen.", []);
      return;
    }
    const pairs = ready.map((cell) => `${cell.proposal}:${cell.version}`);
    const { status, data } = await ask(this.board.root.dataset.submit, { pairs });
    const byNumber = new Map(ready.map((cell) => [cell.proposal, cell]));
    if (status !== 200) {
      const stale = (data.stale || []).map((number) => byNumber.get(number)).filter(Boolean);
      this.tell("error", data.error, stale.map((cell) => [cell, "is intussen gewijzigd; laad de pagina opnieuw"]));
      return;
    }
    data.submitted.forEach(({ pk, version }) => this.submitted(byNumber.get(pk), version));
    const refused = data.refused.map((one) => this.refused(byNumber.get(one.proposal), one));
    const done = data.submitted.length;
    const words = done === 1 ? "1 cijfer staat ter controle." : `${done} cijfers staan ter controle.`;
    const missed = refused.length ? ` ${refused.length} nog niet:` : "";
    this.tell(refused.length ? "warning" : "ok", `${done ? words : "Er is niets ter controle gegeven."}${missed}`, refused);
  }

  submitted(cell, version) {
    Object.assign(cell, { version, state: "ter-controle", words: "ter controle", symbol: "◕", status: "" });
    this.undo.forget(cell);
    this.saver.changed(cell);
  }

  refused(cell, { reason, findings }) {
    cell.findings = findings;
    this.saver.changed(cell);
    return [cell, reason];
  }

  tell(kind, text, refused) {
    const { box, message } = alertBox(kind, text);
    if (refused.length) {
      const list = make("ul");
      for (const [cell, reason] of refused) {
        const line = make("li");
        const jump = make("button", "utrecht-button utrecht-button--subtle grid-jump", cell.label);
        jump.type = "button";
        jump.addEventListener("click", () => this.board.go(cell));
        line.append(jump, `: ${reason}`);
        list.append(line);
      }
      message.append(list);
    }
    this.place.replaceChildren(box);
    this.place.focus();
    say(text, refused.length > 0);
  }
}
