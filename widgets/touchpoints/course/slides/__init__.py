"""Slides of a lesson: from the built chapter, the lesson plan and the questions, with live tools.

Nothing is computed again: charts, tools and captions are taken from the built book, minutes and
notes from the lesson plan, the question for the class from the chapter's quiz. A short Markdown
file a chapter (`teaching/slides/`) says in which order, and adds the few words a slide needs.
"""

from touchpoints.course.slides.writing import list_decks, write_slides

__all__ = ["list_decks", "write_slides"]
