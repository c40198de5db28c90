// What was saved last, to be put back. Putting back is saving again, so a colleague's change is never undone unseen.

export class Undo {
  constructor(button) {
    this.button = button;
    this.steps = [];
  }

  remember(step) {
    if (step.length) this.steps.push(step);
    this.show();
  }

  take() {
    const step = this.steps.pop();
    this.show();
    return step;
  }

  forget(cell) {
    // After a conflict or a submission the earlier saves of this cell are no longer ours to undo.
    this.steps = this.steps.map((step) => step.filter((one) => one.cell !== cell)).filter((step) => step.length);
    this.show();
  }

  show() {
    if (this.button) this.button.disabled = this.steps.length === 0;
  }
}
