// The questionnaire as a page: one respondent after the other, all answers in this browser.

const survey = JSON.parse(document.getElementById("survey").textContent);
const questions = survey.sections.flatMap((section) => section.questions);
const store = new Store(survey.id, questions);

/** What the parts of the page share. */
const page = {
  lang: survey.languages[0],
  answers: store.content.draft,
  order: shuffled(survey.touchpoints),
  say: (key, values = {}) => fillIn(survey.texts[key][page.lang], values),
  answer: (name, value) => {
    if (value === null) delete page.answers[name];
    else page.answers[name] = value;
    notice.replaceChildren();
    store.keepDraft(page.answers);
  },
};

const notice = h("div", { class: "notice screen", role: "alert" });
const told = h("p", { class: "status", role: "status" });
const counted = h("p", {});
const body = h("div", {});
let done = false;

function languageSwitch() {
  if (survey.languages.length < 2) return null;
  const names = { en: "English", de: "Deutsch" };
  return h("div", { class: "languages screen", role: "group", "aria-label": page.say("form.language") },
    ...survey.languages.map((lang) => h("button", { type: "button", lang, "data-lang": lang,
      "aria-pressed": String(lang === page.lang), onclick: () => {
        page.lang = lang;
        show();
        body.querySelector(`[data-lang="${lang}"]`).focus();
      } }, names[lang])));
}

function sectionPart(section) {
  const groups = sectionQuestions(section, page);
  const part = h("section", { class: `section-${section.key}` }, h("h2", {}, section.title[page.lang]),
    section.lead[page.lang] ? h("p", {}, section.lead[page.lang]) : null);
  if (section.key !== "contacts") part.append(...groups.values());
  else {
    part.append(...page.order.map((key) => h("div", { class: "touchpoint", "data-key": key },
      groups.get(`contact_${key}`), groups.get(`grade_${key}`))));
  }
  return part;
}

function openQuestions() {
  return questions.filter((question) => page.answers[question.name] === undefined
    && (question.contact === null || page.answers[question.contact] === "yes"));
}

function finish() {
  const open = openQuestions();
  if (!Object.keys(page.answers).length) notice.replaceChildren(h("p", {}, page.say("form.open_none")));
  else if (!open.length) complete();
  else {
    const back = h("button", { type: "button", onclick: () => {
      // On the screen the touchpoints stand in an order by chance: first is what comes first there.
      const names = new Set(open.map((question) => question.name));
      [...body.querySelectorAll("[data-question]")].find((group) => names.has(group.dataset.question))
        .querySelector("input").focus();
    } }, page.say("form.go_back"));
    notice.replaceChildren(h("p", {}, page.say("form.open_some", { n: open.length })), back,
      h("button", { type: "button", onclick: complete }, page.say("form.finish_anyway")));
    back.focus();
  }
}

function complete() {
  store.add(page.answers);
  page.answers = {};
  done = true;
  show();
  body.querySelector("h1").focus();
}

function nextRespondent() {
  done = false;
  page.order = shuffled(survey.touchpoints);
  page.lang = survey.languages[0];
  show();
  scrollTo(0, 0);
  body.querySelector("h1").focus();
}

function teamPart() {
  const save = () => {
    download("survey.csv", "text/csv", store.csv(survey.columns));
    store.markSaved();
    count();
    told.textContent = page.say("form.saved");
  };
  const remove = () => {
    store.read();
    if (!confirm(page.say("form.delete_sure", store.counts()))) return;
    store.deleteAll();
    count();
    told.textContent = page.say("form.deleted");
  };
  const button = (key, act) => h("button", { type: "button", onclick: act }, page.say(key));
  told.textContent = "";
  return h("details", { class: "team screen", open: body.querySelector("details")?.open ?? false },
    h("summary", {}, page.say("form.for_team")), counted, h("p", {}, page.say("form.kept_where")),
    h("div", { class: "buttons" }, button("form.save", save), button("form.delete", remove),
      done ? null : button("form.print", () => print())), told);
}

function count() {
  counted.textContent = [page.say("form.kept", store.counts()), store.keeps ? "" : page.say("form.not_kept")].join(" ");
}

function questionnairePart() {
  return [
    h("p", {}, page.say("texts.invitation")),
    h("section", { class: "privacy" }, h("h2", {}, page.say("texts.privacy_title")),
      h("p", {}, page.say("texts.privacy")), h("p", { class: "screen" }, page.say("form.privacy_here"))),
    ...survey.sections.map(sectionPart),
    h("p", { class: "paper" }, page.say("texts.thanks")),
    h("div", { class: "buttons screen" }, h("button", { type: "button", class: "main", onclick: finish }, page.say("form.finish"))),
    notice,
  ];
}

function show() {
  document.documentElement.lang = page.lang;
  document.title = page.say("texts.title");
  notice.replaceChildren();
  const title = done ? "texts.thanks" : "texts.title";
  const parts = done
    ? [h("p", {}, page.say("form.hand_back")), h("div", { class: "buttons" },
      h("button", { type: "button", class: "main", onclick: nextRespondent }, page.say("form.next")))]
    : questionnairePart();
  body.replaceChildren(
    h("header", {}, languageSwitch(), h("h1", { tabindex: "-1" }, page.say(title)),
      h("p", { class: "paper" }, `${page.say("texts.paper_number")} ______________`)),
    h("main", {}, ...parts), h("footer", {}, teamPart()));
  count();
}

// On paper the touchpoints stand in the order of the list, so that the sheets are alike to enter.
function orderTouchpoints(keys) {
  const places = keys.map((key) => body.querySelector(`.touchpoint[data-key="${key}"]`));
  if (places.every(Boolean)) places[0].parentElement.append(...places);
}

addEventListener("beforeprint", () => orderTouchpoints(survey.touchpoints));
addEventListener("afterprint", () => orderTouchpoints(page.order));
addEventListener("storage", () => { store.read(); count(); });
document.body.append(body);
show();
