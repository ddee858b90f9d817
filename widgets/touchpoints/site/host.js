// The host: makes the widgets and charts of a page live without a kernel.
//
// A page carries, for each widget, a <div class="tp-live" data-model="…"> with a table of its initial
// state and a <script type="application/json"> with the state itself. Each widget's module is a classic
// script that calls touchpointHost.define(name, factory). Classic scripts, because module scripts and
// Blob imports fail from file:// and under a strict Content-Security-Policy.

const touchpointHost = (() => {
  const modules = new Map();
  const models = new Map();
  const languages = Object.keys(TEXTS);
  // A bare page for learning platforms keeps its entries apart from the book's, under a prefix that stands on <html>.
  const APART = document.documentElement.dataset.keep ?? "";
  const LANGUAGE_KEY = `touchpoints/${APART}lang`;

  /** The browser's storage, or nothing where the browser or the reader refuses it. */
  const storage = {
    get(key) { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } },
    set(key, value) { try { localStorage.setItem(key, JSON.stringify(value)); } catch { /* full or refused: the page works without */ } },
    get refused() { try { localStorage.getItem(""); return false; } catch { return true; } },
    remove(key) { try { localStorage.removeItem(key); } catch { /* refused: nothing was kept */ } },
  };

  /** A widget's model after the anywidget front-end module contract. */
  class Model {
    #state;
    #initial;
    #listeners = new Map();

    constructor(state) {
      this.#state = { ...state };
      this.#initial = state;
    }

    get(name) { return this.#state[name]; }

    set(name, value) {
      const changes = typeof name === "string" ? { [name]: value } : name;
      const changed = Object.keys(changes).filter((key) => this.#state[key] !== changes[key]);
      Object.assign(this.#state, changes);
      for (const key of changed) this.#emit(`change:${key}`, this.#state[key]);
      if (changed.length) this.#emit("change");
    }

    on(events, callback) {
      for (const event of events.split(/\s+/)) {
        if (!this.#listeners.has(event)) this.#listeners.set(event, new Set());
        this.#listeners.get(event).add(callback);
      }
    }

    off(events, callback) {
      const known = events ? events.split(/\s+/) : [...this.#listeners.keys()];
      for (const event of known) {
        if (callback) this.#listeners.get(event)?.delete(callback);
        else this.#listeners.delete(event);
      }
    }

    save_changes() { this.#emit("saved"); }

    send() { /* nobody listens: there is no kernel behind a page */ }

    reset(names) { this.set(Object.fromEntries(names.map((name) => [name, this.#initial[name]]))); }

    #emit(event, value) { for (const callback of [...(this.#listeners.get(event) ?? [])]) callback(this, value); }
  }

  function node(tag, props, ...children) {
    const el = document.createElement(tag);
    for (const [name, value] of Object.entries(props)) {
      if (name.startsWith("on")) el.addEventListener(name.slice(2), value);
      else el.setAttribute(name, value);
    }
    el.append(...children);
    return el;
  }

  /** The reader's choice, else the one that the page's address asks for (?lang=de). */
  const language = () => [storage.get(LANGUAGE_KEY), new URLSearchParams(location.search).get("lang")]
    .find((lang) => languages.includes(lang)) ?? null;
  const say = (key, lang = language() ?? languages[0]) => TEXTS[lang].common[key];

  /** Find or make the model of a view; one model an id however many views. */
  async function modelOf(id) {
    if (!models.has(id)) models.set(id, start(id));
    return models.get(id);
  }

  async function start(id) {
    const source = document.querySelector(`script.tp-state[data-model="${CSS.escape(id)}"]`);
    const { module: name, state } = JSON.parse(source.textContent);
    const factory = modules.get(name);
    if (!factory) throw new Error(`no module ${name}`);
    const exported = factory();
    const definition = typeof exported === "function" ? await exported() : exported;
    const model = new Model(state);
    const chosen = language();
    if (chosen && "lang" in state) model.set("lang", chosen);
    keep(definition, model, `${name}${location.pathname}#${[...models.keys()].indexOf(id)}`);
    read(definition, model);
    await definition.initialize?.({ model, experimental });
    return { definition, model };
  }

  /** Where the entries of a tool are kept. */
  const placeOf = (key) => `touchpoints/1/${APART}${key}`;
  const followers = [];

  /** Let all who follow a place take up what is kept there, but for the one who just wrote it; no place means all. */
  const tell = (place, writer) => followers.forEach((follower) => {
    if ((place === null || follower.place === place) && follower.model !== writer) follower.take();
  });

  /** Keep a value for good, or nothing. */
  function put(place, value, writer) {
    if (value === null) storage.remove(place);
    else storage.set(place, value);
    tell(place, writer);
  }

  /**
   * Let a tool take up what other tools keep in this browser (`receive`), now and whenever that changes. A tool may also `give`
   * them something else to keep, or null for nothing: an import, a reset. Only what it changed itself is written.
   */
  function read(definition, model) {
    const given = (key) => JSON.stringify(definition.give?.(key, model));
    const seen = new Map();
    for (const key of model.get("_reads") ?? []) {
      const place = placeOf(key);
      const take = () => {
        model.set(definition.receive(key, storage.get(place), model));
        seen.set(key, given(key));
      };
      followers.push({ place, model, take });
      take();
    }
    if (definition.give) model.on("saved", () => {
      for (const [key, before] of seen) {
        if (given(key) === before) continue;
        seen.set(key, given(key));
        put(placeOf(key), definition.give(key, model), model);
      }
    });
  }

  const experimental = { invoke: () => Promise.reject(new Error("there is no kernel behind this page")) };

  /** Take up what the reader entered on an earlier visit or elsewhere, and keep what changes. */
  function keep(definition, model, ownPlace) {
    const { key, traits } = model.get("_kept") ?? {};
    if (!traits) return;
    const place = placeOf(key || ownPlace);
    const restored = (saved) => (saved && definition.restore ? definition.restore(saved, model) : null);
    const before = restored(storage.get(place));
    if (before) model.set(before);
    const take = () => {
      const saved = storage.get(place);
      if (saved === null) model.reset(traits);
      else model.set(restored(saved) ?? {});
    };
    followers.push({ place, model, take });
    model.on("saved", () => put(place, Object.fromEntries(traits.map((t) => [t, model.get(t)])), model));
    model.forget = () => {
      model.reset(traits);
      put(place, null, model);
    };
  }

  async function mount(view) {
    const fallback = [...view.childNodes];
    try {
      const { definition, model } = await modelOf(view.dataset.model);
      const el = node("div", { class: "tp-view" });
      view.replaceChildren(el);
      const cleanup = await definition.render?.({ model, el, experimental });
      if (model.forget) view.append(keptNote(model));
      view.dataset.ready = "true";
      return typeof cleanup === "function" ? cleanup : null;
    } catch (error) {
      console.warn(`touchpoint kit: ${error.message}`);
      view.replaceChildren(node("p", { class: "tp-failed", role: "alert" }, say("failed")), ...fallback);
      view.dataset.ready = "failed";
      return null;
    }
  }

  /** The visible word on what is kept, with the way back to the start. */
  function keptNote(model) {
    const text = node("span", {});
    const button = node("button", { type: "button", onclick: () => { model.forget(); done.textContent = say("reset_done", model.get("lang")); } });
    const done = node("span", { role: "status" });
    const write = () => {
      text.textContent = say(storage.refused ? "not_kept" : "kept", model.get("lang"));
      button.textContent = say("reset", model.get("lang"));
      done.textContent = "";
    };
    write();
    model.on("change:lang saved", write);
    return node("p", { class: "tp-kept" }, text, " ", button, " ", done);
  }

  /** One switch for all widgets of the page, remembered in the browser. */
  function languageSwitch(present) {
    const names = { en: "English", de: "Deutsch" };
    const buttons = languages.map((lang) => node("button", { type: "button", lang, "data-lang": lang, onclick: () => choose(lang) }, names[lang]));
    const box = node("div", { class: "tp-languages", role: "group" }, ...buttons);
    const show = (lang) => {
      box.setAttribute("aria-label", say("language", lang));
      for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.lang === lang));
    };
    async function choose(lang) {
      storage.set(LANGUAGE_KEY, lang);
      show(lang);
      for (const started of models.values()) {
        const { model } = await started.catch(() => ({}));
        if (model && model.get("lang") !== undefined) model.set("lang", lang);
      }
    }
    show(present);
    return box;
  }

  async function startPage() {
    const views = [...document.querySelectorAll(".tp-live[data-model]")];
    if (views.length) {
      const first = document.querySelector("script.tp-state");
      const shown = language() ?? (first && JSON.parse(first.textContent).state.lang) ?? languages[0];
      views[0].before(languageSwitch(languages.includes(shown) ? shown : languages[0]));
    }
    const cleanups = await Promise.all(views.map(mount));
    addEventListener("pagehide", (event) => { if (!event.persisted) cleanups.forEach((cleanup) => cleanup?.()); });
  }

  addEventListener("storage", (event) => tell(event.key, null));
  document.addEventListener("DOMContentLoaded", startPage);
  return {
    define(name, factory) { modules.set(name, factory); },
    /** For tests and the curious: a module's exports. */
    module: (name) => modules.get(name)?.(),
    say,
  };
})();
globalThis.touchpointHost = touchpointHost;
