// A list of any length of which only the rows in sight exist. Keyboard and roles as in WAI-ARIA's grid and treegrid.
const rowHeight = 30;

class RowList {
  // columns: titles. make(item) -> cells. tree: items have a level, can be open or closed.
  constructor({label, columns, make, keyOf, select, tree = null}) {
    Object.assign(this, {make, keyOf, select, tree});
    this.items = [];
    this.selected = -1;
    this.canvas = h("div", {class: "canvas", role: "rowgroup"});
    this.head =
        h("div", {class: "row head", role: "row", "aria-rowindex": "1"},
          columns.map((title) => h("span", {role: "columnheader"}, title)));
    this.empty = h("p", {class: "empty", hidden: true}, "Nothing matches the search and the filters.");
    this.body = h("div", {class: "rows", tabindex: "-1"}, this.canvas);
    this.element =
        h("div", {
          class: "list",
          role: tree ? "treegrid" : "grid",
          tabindex: "0",
          "aria-label": label,
          onkeydown: (event) => this.keydown(event),
          onclick: (event) => this.click(event),
        },
          this.head, this.body, this.empty);
    this.body.addEventListener("scroll", () => this.draw(), {passive: true});
    this.observer = new ResizeObserver(() => this.draw());
    this.observer.observe(this.body);
  }

  show(items, key) {
    this.items = items;
    this.element.setAttribute("aria-rowcount", String(items.length + 1));
    this.canvas.style.height = `${items.length * rowHeight}px`;
    this.empty.hidden = items.length > 0;
    this.body.hidden = items.length === 0;
    this.selected = -1;
    this.draw(true);
    this.mark(key);
  }

  // Selects without telling; scrolls only if the row is out of sight.
  mark(key) {
    const now = this.items[this.selected];
    if (now !== undefined && this.keyOf(now) === key) return;
    this.moveTo(key === null ? -1 : this.items.findIndex((item) => this.keyOf(item) === key));
  }

  moveTo(i) {
    const show = (on) => {
      const row = document.getElementById(`row-${this.selected}`);
      row?.classList.toggle("selected", on);
      row?.setAttribute("aria-selected", String(on));
    };
    show(false);
    this.selected = i;
    if (i >= 0) this.reveal();
    this.draw();
    show(true);
    if (document.getElementById(`row-${i}`)) this.element.setAttribute("aria-activedescendant", `row-${i}`);
    else this.element.removeAttribute("aria-activedescendant");
  }

  reveal() {
    const top = this.selected * rowHeight;
    const height = this.body.clientHeight;
    const far = top < this.body.scrollTop - rowHeight || top > this.body.scrollTop + height;
    if (far)
      this.body.scrollTop = top - height / 2;
    else if (top < this.body.scrollTop)
      this.body.scrollTop = top;
    else if (top + rowHeight > this.body.scrollTop + height)
      this.body.scrollTop = top + rowHeight - height;
  }

  draw(force = false) {
    // In steps, so that not every row that scrolls by makes new ones.
    const step = 8;
    const first = Math.max(0, (Math.floor(this.body.scrollTop / rowHeight / step) - 1) * step);
    const last = Math.min(this.items.length, first + Math.ceil((this.body.clientHeight || 600) / rowHeight) + 3 * step);
    if (!force && first === this.first && last === this.last) return;
    this.first = first;
    this.last = last;
    const rows = [];
    for (let i = first; i < last; ++i) rows.push(this.row(i));
    this.canvas.replaceChildren(...rows);
    if (this.selected >= first && this.selected < last)
      this.element.setAttribute("aria-activedescendant", `row-${this.selected}`);
    else
      this.element.removeAttribute("aria-activedescendant");
  }

  row(i) {
    const item = this.items[i];
    const cells =
        this.make(item).map((cell) => h("span", {role: "gridcell", class: cell?.class}, cell?.content ?? cell));
    const element =
        h("div", {
          class: `row${i === this.selected ? " selected" : ""}${item.context ? " context" : ""}`,
          role: "row",
          id: `row-${i}`,
          "data-row": String(i),
          "aria-rowindex": String(i + 2),
          "aria-selected": String(i === this.selected),
          "aria-level": this.tree ? String(item.level + 1) : null,
          "aria-expanded": this.tree && item.parent ? String(item.open) : null,
        },
          cells);
    element.style.top = `${i * rowHeight}px`;
    if (this.tree) element.style.setProperty("--level", String(Math.min(item.level, 12)));
    return element;
  }

  choose(i, {keep = false} = {}) {
    if (i < 0 || i >= this.items.length) return;
    this.moveTo(i);
    this.select(this.keyOf(this.items[i]), keep);
  }

  click(event) {
    const row = event.target.closest("[data-row]");
    if (!row) return;
    const i = Number(row.dataset.row);
    if (this.tree && event.target.closest(".twisty"))
      this.tree.toggle(this.items[i]);
    else
      this.choose(i);
  }

  keydown(event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const page = Math.max(1, Math.floor(this.body.clientHeight / rowHeight) - 1);
    const end = this.items.length - 1;
    const item = this.items[this.selected];
    const to = {
      ArrowDown: Math.min(end, this.selected + 1),
      ArrowUp: Math.max(0, this.selected - 1),
      PageDown: Math.min(end, this.selected + page),
      PageUp: Math.max(0, this.selected - page),
      Home: 0,
      End: end,
    }[event.key];
    if (to !== undefined) {
      // One step of the history for a walk through the list.
      this.choose(to, {keep: true});
    } else if (this.tree && item && event.key === "ArrowRight") {
      if (item.parent && !item.open)
        this.tree.toggle(item);
      else if (item.parent)
        this.choose(this.selected + 1, {keep: true});
    } else if (this.tree && item && event.key === "ArrowLeft") {
      if (item.parent && item.open)
        this.tree.toggle(item);
      else
        this.choose(this.parentRow(), {keep: true});
    } else if (event.key === "Enter" && item) {
      document.getElementById("detail")?.focus();
    } else {
      return;
    }
    event.preventDefault();
  }

  parentRow() {
    let i = this.selected - 1;
    while (i >= 0 && this.items[i].level >= this.items[this.selected].level) --i;
    return i;
  }

  // On paper every row is there.
  printing(on) {
    if (!on) return this.draw(true);
    this.canvas.replaceChildren(...this.items.map((_, i) => this.row(i)));
  }
}
