"""The questionnaire as one HTML file that loads nothing and sends nothing."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from touchpoints.core.inline_parts import inline_script, policy_hash, script_safe
from touchpoints.instrument.questions import Questionnaire, Section

_HERE: Final = Path(__file__).resolve().parent
#: The helpers that all pages of the kit build their elements with, then what this page adds.
_SCRIPTS: Final = (
    _HERE.parent / "ui" / "parts" / "dom.js",
    _HERE / "form_store.js",
    _HERE / "form_questions.js",
    _HERE / "form.js",
)
_ID_DIGITS: Final = 12


def html_form(questionnaire: Questionnaire) -> str:
    """Write the questionnaire as a page to fill in, on a tablet or at a desk.

    A policy in its head allows its own script and style by their hashes and nothing else. Company
    and touchpoints come in as data and are only ever shown as text.

    Args:
        questionnaire: What is asked.

    Returns:
        The text of one HTML file.
    """
    script = inline_script("\n".join(path.read_text(encoding="utf-8") for path in _SCRIPTS))
    style = (_HERE / "form.css").read_text(encoding="utf-8")
    language = questionnaire.languages[0]
    return page_from_template(
        "form.html",
        style,
        script=script,
        data=Markup(script_safe(_data(questionnaire))),  # noqa: S704  (no tag can begin in it)
        language=language,
        title=questionnaire.texts["texts.title"][language],
        no_script=questionnaire.texts["form.no_script"][language],
    )


def page_from_template(name: str, style: str, *, script: str = "", **values: object) -> str:
    """Fill a page of the kit's own and name its style and script in the policy by their hashes.

    Args:
        name: File of the Jinja template.
        style: Content of its style element.
        script: Content of its script element, if it has one.
        values: What else the template asks for; texts are escaped.

    Returns:
        The page.
    """
    allowed = policy_hash(script) if script else "'none'"
    policy = (
        f"default-src 'none'; script-src {allowed}; style-src {policy_hash(style)}; "
        "base-uri 'none'; form-action 'none'"
    )
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    template = environment.from_string((_HERE / name).read_text(encoding="utf-8"))
    texts = {"style": Markup(style), "script": Markup(script)}  # noqa: S704  (our own files)
    return template.render(policy=policy, **texts, **values) + "\n"


def _data(questionnaire: Questionnaire) -> dict[str, Any]:
    """Gather what the page asks and says."""
    data = {
        "languages": list(questionnaire.languages),
        "columns": list(questionnaire.columns),
        "touchpoints": [touchpoint.key for touchpoint in questionnaire.touchpoints],
        "sections": [_section(section) for section in questionnaire.sections],
        "texts": {
            key: dict(words)
            for key, words in questionnaire.texts.items()
            if not key.startswith("codebook.")
        },
    }
    # Answers are kept under a name of their own for each wording: none lands in another survey.
    text = json.dumps([questionnaire.company, data], sort_keys=True)
    return {"id": hashlib.sha256(text.encode()).hexdigest()[:_ID_DIGITS], **data}


def _section(section: Section) -> dict[str, Any]:
    return {
        "key": section.key,
        "title": dict(section.title),
        "lead": dict(section.lead),
        "questions": [
            {
                "name": question.name,
                "scale": question.scale,
                "contact": question.contact,
                "words": dict(question.words),
                "choices": [
                    {"value": choice.value, "words": dict(choice.words)}
                    for choice in question.choices
                ],
            }
            for question in section.questions
        ],
    }
