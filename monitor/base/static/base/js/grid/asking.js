// A question with a few answers: how a text is to be read.
import { make } from "./talk.js";

const choiceLine = (choice, number) => {
  const line = make("div", "choice");
  const box = make("input");
  Object.assign(box, { type: "radio", name: "lezing", value: String(number), id: `lezing-${number}`, required: true });
  const label = make("label", "", choice.label);
  label.htmlFor = box.id;
  line.append(box, label);
  return line;
};

export const closed = (dialog) =>
  new Promise((resolve) => {
    dialog.returnValue = "";
    dialog.addEventListener("close", () => resolve(dialog.returnValue), { once: true });
    dialog.showModal();
  });

export const askWhich = async (text, choices) => {
  // The change of the chosen answer, or null.
  const dialog = document.querySelector("[data-ask]");
  dialog.querySelector("[data-ask-text]").textContent = text;
  dialog.querySelector("[data-ask-choices]").replaceChildren(...choices.map(choiceLine));
  const answer = closed(dialog);
  dialog.querySelector("input").focus();
  if ((await answer) !== "kies") return null;
  const picked = dialog.querySelector("input:checked");
  return picked ? choices[Number(picked.value)].changes : null;
};
