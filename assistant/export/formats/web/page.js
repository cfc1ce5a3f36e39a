"use strict";
(() => {
  const told = JSON.parse(document.getElementById("told").textContent);
  const box = document.getElementById("legend");
  const numbers = [...document.querySelectorAll("[data-of]")];
  const figureOf = (number) => told.figures[number.dataset.of];
  let chosen = null;

  const make = (tag, text, kind) => {
    const element = document.createElement(tag);
    element.textContent = text;
    if (kind) element.className = kind;
    return element;
  };

  const sameAs = (number) => numbers.filter((each) => figureOf(each).cell === figureOf(number).cell);

  const clear = () => {
    for (const each of numbers) {
      each.classList.remove("same", "chosen");
      each.removeAttribute("aria-pressed");
    }
  };

  const close = () => {
    const last = chosen;
    clear();
    chosen = null;
    box.hidden = true;
    box.replaceChildren();
    document.body.classList.remove("told");
    if (last) last.focus({ preventScroll: true });
  };

  const words = (number) => {
    const block = number.closest("p, h1, h2, h3, tr");
    const row = block.tagName === "TR" && block.querySelector("th");
    const text = (row || block).textContent.trim();
    const before = document.createRange();
    before.setStart(block, 0);
    before.setEndBefore(number);
    const at = row ? 0 : Math.max(0, before.toString().trimStart().length - 12);
    return (at ? "…" : "") + text.slice(at, at + 30) + (text.length > at + 30 ? "…" : "");
  };

  const show = (number) => {
    const figure = figureOf(number);
    const cell = told.cells[figure.cell];
    const parts = [make("p", cell.name, "name")];
    if (figure.how) parts.push(make("p", figure.how, "how"));
    const list = make("dl", "");
    for (const key of ["place", "ask", "rule", "source"]) {
      if (cell[key]) list.append(make("dt", told.words[key]), make("dd", cell[key]));
    }
    if (list.children.length) parts.push(list);
    const others = sameAs(number).filter((each) => each !== number);
    for (const other of others) {
      const where = other.closest("td") ? told.words.in_table : told.words.in_text;
      const button = make("button", where + words(other));
      button.type = "button";
      button.addEventListener("click", () => choose(other, true));
      parts.push(button);
    }
    if (others.length) parts.push(make("p", told.words.again, "hint"));
    const end = make("button", told.words.close, "close");
    end.type = "button";
    end.addEventListener("click", close);
    box.replaceChildren(...parts, end);
    box.hidden = false;
    document.body.classList.add("told");
  };

  const choose = (number, isJump) => {
    clear();
    chosen = number;
    for (const each of sameAs(number)) each.classList.add("same");
    number.classList.add("chosen");
    number.setAttribute("aria-pressed", "true");
    show(number);
    if (isJump) {
      number.scrollIntoView({ block: "center" });
      number.focus({ preventScroll: true });
    }
  };

  const press = (number) => {
    if (number !== chosen) return choose(number, false);
    const places = sameAs(number);
    const next = places[(places.indexOf(number) + 1) % places.length];
    choose(next, true);
  };

  for (const number of numbers) {
    number.tabIndex = 0;
    number.setAttribute("role", "button");
    number.title = told.words.choose;
  }
  document.addEventListener("click", (event) => {
    const number = event.target.closest("[data-of]");
    if (number) press(number);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && chosen) return close();
    const isPress = event.key === "Enter" || event.key === " ";
    const number = isPress && event.target.closest("[data-of]");
    if (number) {
      event.preventDefault();
      press(number);
    }
  });
  box.setAttribute("aria-live", "polite");
})();
