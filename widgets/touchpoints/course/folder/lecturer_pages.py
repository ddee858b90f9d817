"""What the lecturer reads: where everything is, what to do by Monday, how to grade."""

from __future__ import annotations

from touchpoints.course.folder.markdown import page, plain, table
from touchpoints.course.folder.material import Material, day_text

_KEY = (
    "- `student-data/lecturer` holds `key.json` and the truth of each student's data: the exam "
    "paper. Keep it on your own disk, and never in `students`, on a learning platform or in a "
    "repository.\n"
    "- Keep a copy of the key in a second place before the first file goes out. Without it no "
    "student's data can be made again, and no submission marked.\n"
    "- The list of codes says which code is whose. It is personal data: keep it as you keep a list "
    "of marks, and delete it when you must delete those.\n"
    "- If the key got out, make a new one, new data and a new deadline. There is no way to mend it "
    "quietly."
)


def readme(material: Material) -> str:
    """Write what is where and what to do by Monday, as Markdown.

    Args:
        material: What the course is made of.
    """
    config = material.config
    graded = material.mode == "graded"
    begins = f", from {day_text(config.start)}" if config.start else ""
    count = len(material.plan.sessions)
    return page(
        config.title,
        f"A course made by the touchpoint kit: {plain(material.plan.pattern.title)}, {count} "
        f"session{'s' if count > 1 else ''}{begins}.",
        "## What is where",
        table(("Where", "What"), _places(material)),
        "## By Monday",
        _by_monday(graded=graded, book=config.book),
        "## Change it",
        "Change `course.yml` and run `touchpoints course new` on this folder again. All files are "
        "yours to edit: what you changed stays as it is, and its new version, if there is one, "
        "comes to lie in `new-versions`; what you deleted stays deleted. A page to print is made "
        "anew from a text that you changed. The command says which "
        "files these are. `.touchpoints-course.json` holds what the kit wrote; leave it there.",
    )


def _places(material: Material) -> list[tuple[str, str]]:
    graded = material.mode == "graded"
    return [
        ("`course.yml`", "the choices this course was made from"),
        ("[syllabus](syllabus.md)", "goals, sessions, assessment, reading; `syllabus.html` prints"),
        ("[week plan](week-plan.md)", "what to do when; `week-plan.csv` opens in a spreadsheet"),
        (
            "[students](students/README.md)",
            f"all that students get: {len(material.notebooks)} notebooks"
            + (", the assignments," if material.plan.assignments else "")
            + " and how to install",
        ),
        ("[data](data/README.md)", "example data" + (", data for every student" if graded else "")),
        (
            "`slides`",
            (
                "one deck a chapter: `touchpoints course new FOLDER --slides`; "
                "own sources lie in `slides/sources`"
            ),
        ),
        (
            "`lecturer`",
            (
                "for you alone: lesson plans, discussion guides, rubrics, solutions, "
                "[how to grade](lecturer/grading.md)"
            ),
        ),
    ]


def _by_monday(*, graded: bool, book: str) -> str:
    steps = [
        (
            "Read [the syllabus](syllabus.md) and change what is not yours: title and first day in "
            "`course.yml`, single dates and words in `syllabus.md`. Run `touchpoints course new` "
            "on this folder again, so that `syllabus.html` has your words, and print that."
        ),
        "Read the plan of the first lesson in `lecturer/lessons`, and try its tool once yourself.",
        (
            "Install as a student: follow [students/install.html](students/install.html) on the "
            "machine you teach with, and run the first notebook to its end."
        ),
        "Zip the folder `students` and put it where your students find it.",
    ]
    if not book:
        steps.insert(
            3,
            "Let students read the chapters: publish the book, as the kit's README says, and "
            "enter its address in `course.yml`, or hand out the PDF that `touchpoints build --pdf` "
            "makes.",
        )
    if graded:
        steps.insert(
            -1,
            "Make the data for every student: [data/README.md](data/README.md). Copy the key to a "
            "second place before anything goes out.",
        )
        steps.append("Give each student the ZIP file with that student's own data.")
    return "".join(f"{number}. {step}\n" for number, step in enumerate(steps, 1))


def data_page(material: Material) -> str:
    """Write what the data are and how to make them for every student, as Markdown.

    Args:
        material: What the course is made of.
    """
    return page(
        "Data",
        "**All of it is synthetic.** *Nordlicht Wohnen* is invented; so are its customers.",
        "## Example data",
        "`example` holds the files that the notebooks load with `tp.load(…)`, for a spreadsheet "
        "or another program. `touchpoints data NAME` describes every column.",
        _per_student() if material.mode == "graded" else _one_company(),
    )


def _per_student() -> str:
    return (
        "## Data for every student\n\n"
        "Each student gets an invented company of their own. Put your list of participants here as "
        "`roster.csv` ([roster-example.csv](roster-example.csv) shows the form; names are needed "
        "where your platform names submissions by them), then, in this folder:\n\n"
        "```\ntouchpoints course data --roster roster.csv --out ../lecturer/student-data\n```\n\n"
        "Hand out what lies in `lecturer/student-data/zip`, each file to the student whose code it "
        "bears; `handout.csv` in `lecturer/student-data/lecturer` says whose that is. Nothing else "
        "of it may leave your machine: [how to grade](../lecturer/grading.md) says why."
    )


def _one_company() -> str:
    return (
        "## Data for every student\n\n"
        "This course doesn't grade, so assignments, where there are any, work on the data of one "
        "invented company, `students/assignments/data`. To let each student have a "
        "company of their own, set `assignments: graded` in `course.yml` and run `touchpoints "
        "course new` again."
    )


def grading_page(material: Material) -> str:
    """Write how to grade and how to keep the key, as Markdown.

    Args:
        material: What the course is made of.
    """
    mode = material.mode
    said = {
        "none": "This course has no assignments. Exercises check themselves; `solutions` holds "
        "the solved ones.",
        "practice": "Assignments are practice: nobody counts them. `solutions` holds the solved "
        "notebooks; copy one into `students/assignments`, where the data lie, to run it. They are "
        "as public as the kit, and that is no harm here.",
        "graded": "Assignments are marked against each student's own data.",
    }
    rubrics = [
        (f"[{plain(r.title)}](rubrics/{r.name}.md)", str(r.points)) for r in material.rubrics
    ]
    return page(
        "How to grade",
        said[mode],
        _marking(material) if mode == "graded" else "",
        f"## The key\n\n{_KEY}" if mode == "graded" else "",
        f"## Written work\n\n{table(('Rubric', 'Points'), rubrics)}" if rubrics else "",
    )


def _marking(material: Material) -> str:
    names = material.plan.assignments
    if not names:
        return ""
    every = ", ".join(f"`{name}`" for name in names)
    return (
        "## Step by step\n\n"
        "1. Download all submissions from your platform, as one ZIP file or a folder, and put them "
        "beside this page.\n"
        "2. Run the grader, here in `lecturer`. It marks one submission after the other, stops for "
        "none, and takes up an interrupted run where it broke off:\n\n"
        f"   ```\n   touchpoints course grade submissions.zip --assignment {names[0]} --key "
        "student-data/lecturer/key.json --roster ../data/roster.csv "
        f"--out marks/{names[0]}\n   ```\n\n"
        f"   The assignments are {every}. Give each a folder of its own after `--out`.\n"
        "3. Look at every line of `gradebook.xlsx` with no points or with a note, and at "
        "`not-matched.csv`, before you publish: it may be a file with the wrong name.\n"
        "4. Hand each student the page in `feedback`; `moodle.csv`, `ilias.csv` and `canvas.csv` "
        "are for import.\n"
        "5. Mark written parts with the rubrics below and add them to the gradebook.\n\n"
        "Solutions of the assignments are public with the kit. What is graded hangs on each "
        "student's data, so a copied number is wrong; a copied method is not seen. Let students "
        "say in the written part why they did what they did."
    )
