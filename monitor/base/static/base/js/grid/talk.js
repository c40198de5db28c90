// Talking with the server, and telling the reader what came of it.

const token = () => document.querySelector("input[name=csrfmiddlewaretoken]").value;

export const ask = async (url, body) => {
  // The status with the answer; status 0 when the server was not reached or had an accident: nothing is known then.
  const options = { headers: { Accept: "application/json" }, credentials: "same-origin" };
  if (body !== undefined) {
    options.method = "POST";
    options.headers["Content-Type"] = "application/json";
    options.headers["X-CSRFToken"] = token();
    options.body = JSON.stringify(body);
  }
  let answer;
  try {
    answer = await fetch(url, options);
  } catch (error) {
    return { status: 0, data: { error: "Er is geen verbinding. Uw invoer staat nog in de cel en is niet opgeslagen." } };
  }
  if (answer.redirected) {
    return { status: 0, data: { error: "U bent niet meer aangemeld. Meld u aan in een ander tabblad en probeer het opnieuw." } };
  }
  const isJson = (answer.headers.get("Content-Type") || "").includes("json");
  if (answer.status >= 500 || !isJson) {
    return { status: 0, data: { error: "Het opslaan is niet gelukt. Uw invoer staat nog in de cel. Probeer het opnieuw." } };
  }
  return { status: answer.status, data: await answer.json() };
};

export const fetchPart = async (url) => {
  // A piece of a page, or null.
  try {
    const answer = await fetch(url, { credentials: "same-origin" });
    return answer.ok && !answer.redirected ? await answer.text() : null;
  } catch (error) {
    return null;
  }
};

export const say = (text, urgent = false) => {
  // Read out by a screen reader; the same text twice is read twice.
  const place = document.querySelector(urgent ? "[data-live-urgent]" : "[data-live]");
  place.textContent = "";
  window.setTimeout(() => {
    place.textContent = text;
  }, 30);
};

export const make = (name, className, text) => {
  const element = document.createElement(name);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
};

export const alertBox = (kind, text) => {
  const box = make("div", `utrecht-alert utrecht-alert--${kind}`);
  const content = make("div", "utrecht-alert__content");
  const message = make("div", "utrecht-alert__message");
  message.append(make("p", "", text));
  content.append(message);
  box.append(content);
  return { box, message };
};
