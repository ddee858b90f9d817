// One question as a group of radio buttons, and the two of a touchpoint.

/** The column's words for an answer: the number, its word, or both. */
function choiceWords(question, choice, lang) {
  const word = choice.words[lang];
  const numbered = /^\d+$/.test(choice.value);
  return [
    numbered ? h("span", { class: "value" }, choice.value) : null,
    word ? h("span", { class: "word" }, word) : null,
  ];
}

/**
 * A group of radio buttons. `answered` is told the value, or null when the answer is taken back.
 * Returns the element.
 */
function questionGroup(question, answer, page, answered) {
  const clear = h("button", { type: "button", class: "clear screen", hidden: answer === undefined, onclick: () => {
    for (const input of group.querySelectorAll("input")) input.checked = false;
    clear.hidden = true;
    answered(null);
    group.querySelector("input").focus();
  } }, page.say("form.clear"));
  const choices = question.choices.map((choice) => h("label", { class: "choice" },
    h("input", { type: "radio", name: question.name, value: choice.value, checked: choice.value === answer,
      autocomplete: "off", onchange: () => { clear.hidden = false; answered(choice.value); } }),
    ...choiceWords(question, choice, page.lang)));
  const group = h("fieldset", { class: `question scale-${question.scale}`, "data-question": question.name },
    h("legend", {}, question.words[page.lang]), h("div", { class: "choices" }, ...choices), clear);
  return group;
}

/** The questions of a section; a grade is shown when there was a contact. */
function sectionQuestions(section, page) {
  const groups = new Map();
  for (const question of section.questions) {
    groups.set(question.name, questionGroup(question, page.answers[question.name], page, (value) => {
      page.answer(question.name, value);
      for (const after of section.questions.filter((other) => other.contact === question.name)) {
        showGrade(after, groups.get(after.name), page);
      }
    }));
  }
  for (const question of section.questions) {
    if (question.contact !== null) showGrade(question, groups.get(question.name), page);
  }
  return groups;
}

function showGrade(question, group, page) {
  const asked = page.answers[question.contact] === "yes";
  group.hidden = !asked;
  if (asked || page.answers[question.name] === undefined) return;
  for (const input of group.querySelectorAll("input")) input.checked = false;
  page.answer(question.name, null);
}
