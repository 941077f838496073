// Orders: drain an instance, cancel a request, change policies. Only where the server takes them.

import { element } from "/elements.js";
import { say } from "/lists.js";
import { fill } from "/tables.js";
import { clock } from "/words.js";

const ASK_MILLIS = 1000;
const SETTLED = { IN_EFFECT: "in effect", REFUSED: "refused" };
const NAMES = {
  instance: "Instance",
  request: "Request id",
  tenant: "Tenant (blank: default)",
  ordering: "Ordering: who goes first in a lane",
  fairness: "Fairness: whose turn among tenants",
  admission: "Admission: who is let into a lane",
  preemption: "Preemption: when a run is interrupted",
  batching: "Batching: when what waits is sent",
  routing: "Routing: how an instance is chosen",
  reason: "Reason, for people (optional)",
};

const section = document.getElementById("control");
const body = document.getElementById("control-body");
const said = element("p", { id: "control-said", role: "status", "aria-live": "polite" });
const table = element("table", { id: "orders" }, element("caption", {}, "Orders given through this server, newest first"));
const instances = element("datalist", { id: "control-instances" });
let shown = "";

async function call(method, path, content) {
  const answer = await fetch(path, {
    method,
    headers: { "Content-Type": "application/json" },
    body: content === undefined ? undefined : JSON.stringify(content),
  });
  const text = await answer.text();
  return { status: answer.status, ok: answer.ok, text: text.trim() };
}

/** What went wrong, in words; wrong fields are named by the server. */
function trouble(answer) {
  try {
    const { field, message } = JSON.parse(answer.text);
    const input = body.querySelector(`[name="${CSS.escape(field)}"]`);
    input?.setAttribute("aria-invalid", "true");
    input?.focus();
    return `${field}: ${message}`;
  } catch {
    return answer.text || `the server answered ${answer.status}`;
  }
}

function complain(text) {
  said.className = "bad";
  say(said, text);
}

function inform(text) {
  said.className = "good";
  say(said, text);
}

async function attempt(action) {
  try {
    await action();
  } catch {
    complain("no answer from this page's server; nothing is known of the order");
  }
}

// The role

function gate() {
  const token = element("input", { id: "control-token", type: "password", autocomplete: "off", required: true });
  const form = element(
    "form",
    { id: "control-login", class: "order" },
    element("label", { for: "control-token" }, "Token for orders; not that of the page"),
    token,
    element("button", { type: "submit" }, "Let me give orders"),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    attempt(async () => {
      const answer = await call("POST", "/api/control/session", { token: token.value });
      token.value = "";
      if (answer.ok) {
        inform("");
        await look();
      } else {
        complain(trouble(answer));
        token.focus();
      }
    });
  });
  return form;
}

function leave() {
  const button = element("button", { type: "button", id: "control-leave" }, "Give the role back");
  button.addEventListener("click", () =>
    attempt(async () => {
      await call("DELETE", "/api/control/session");
      inform("");
      await look();
    }),
  );
  return button;
}

// The confirmation

const question = element("ul", {});
const dialog = element(
  "dialog",
  { id: "control-confirm", "aria-labelledby": "control-question" },
  element(
    "form",
    { method: "dialog" },
    element("h3", { id: "control-question" }, "Give this order?"),
    question,
    element("p", { class: "choices" },
      element("button", { value: "no", autofocus: true }, "Leave it as it is"),
      element("button", { value: "yes", id: "control-yes", class: "grave" }, "Give the order")),
  ),
);

function confirmed(lines) {
  question.replaceChildren(...lines.map((line) => element("li", {}, line)));
  dialog.returnValue = "no";
  dialog.showModal();
  return new Promise((decided) => {
    dialog.addEventListener("close", () => decided(dialog.returnValue === "yes"), { once: true });
  });
}

// The forms

function input(form, name, list) {
  const id = `control-${form}-${name}`;
  const attributes = { id, name, autocomplete: "off", list: list ?? null, required: name === "instance" || name === "request" };
  return element("p", {}, element("label", { for: id }, NAMES[name]), element("input", attributes));
}

async function give(form, action, words) {
  const fields = Object.fromEntries([...new FormData(form)].filter(([, value]) => value.trim() !== ""));
  form.querySelectorAll("[aria-invalid]").forEach((wrong) => wrong.removeAttribute("aria-invalid"));
  const lines = [words, ...Object.entries(fields).map(([name, value]) => `${NAMES[name]}: ${value}`)];
  if (!(await confirmed(lines))) {
    inform("nothing was ordered");
    return;
  }
  const answer = await call("POST", "/api/control/orders", { action, ...fields });
  if (!answer.ok) {
    complain(trouble(answer));
  } else {
    const order = JSON.parse(answer.text);
    inform(`${order.what}: written to ${order.place} at ${clock(order.writtenMillis)}`);
    form.reset();
  }
  await look();
}

/** A form whose buttons are the actions that its fields are for. */
function orderForm(name, title, fields, actions) {
  const form = element("form", { id: `control-${name}`, class: "order" }, element("h3", {}, title), ...fields, input(name, "reason"));
  const buttons = actions.map(([action, words]) => element("button", { type: "submit", value: action }, words));
  form.append(element("p", { class: "choices" }, ...buttons));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const button = event.submitter ?? buttons[0];
    attempt(() => give(form, button.value, button.textContent));
  });
  return form;
}

function forms(policies) {
  const lists = Object.entries(policies).map(([kind, names]) =>
    element("datalist", { id: `control-names-${kind}` }, ...names.map((name) => element("option", { value: name }))),
  );
  return [
    element(
      "div",
      { class: "orders" },
      orderForm("instance", "Instance", [input("instance", "instance", "control-instances")], [
        ["drain", "Drain the instance"],
        ["undrain", "Have it take work again"],
      ]),
      orderForm("request", "Request", [input("request", "request"), input("request", "tenant")], [["cancel", "Cancel the request"]]),
      orderForm(
        "policies",
        "Policies",
        ["ordering", "fairness", "admission", "preemption", "batching", "routing"].map((kind) => input("policies", kind, `control-names-${kind}`)),
        [["policy", "Change the policies"]],
      ),
    ),
    instances,
    ...lists,
    leave(),
  ];
}

// What became of them

function became(order) {
  if (order.state === "WRITTEN") {
    return { text: "written; no effect seen yet", kind: "warn" };
  }
  const kind = order.state === "IN_EFFECT" ? "good" : "bad";
  return { text: `${SETTLED[order.state]} at ${clock(order.stateMillis)}: ${order.detail}`, kind };
}

function show(offer) {
  section.hidden = !offer.enabled;
  const part = !offer.enabled ? "" : offer.known ? "forms" : "gate";
  if (part !== shown) {
    shown = part;
    const wide = element("div", { class: "wide", role: "region", tabindex: "0", "aria-label": "Orders given" }, table);
    body.replaceChildren(...(part === "" ? [] : part === "gate" ? [gate(), said] : [...forms(offer.policies), said, dialog, wide]));
  }
  if (part === "forms") {
    fill(
      table,
      ["order", "given at", "from", "reason", "written to", "effect"],
      offer.orders.map((order) => [order.what, clock(order.writtenMillis), order.by, order.reason ?? "–", order.place, became(order)]),
      "no order has been given since the server began",
    );
  }
}

async function look() {
  const answer = await call("GET", "/api/control");
  if (answer.ok) {
    show(JSON.parse(answer.text));
  }
}

document.addEventListener("sluice-state", ({ detail }) => {
  const ids = detail.live.fleet.instances.map((one) => one.id);
  if (shown === "forms" && ids.join("\n") !== instances.dataset.ids) {
    instances.dataset.ids = ids.join("\n");
    instances.replaceChildren(...ids.map((id) => element("option", { value: id })));
  }
});

look().catch(() => {});
setInterval(() => {
  if (shown === "forms" && !document.hidden) {
    look().catch(() => {});
  }
}, ASK_MILLIS);
