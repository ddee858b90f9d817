"""The field's words as keys: the same everywhere, in data, results, charts and widgets."""

from __future__ import annotations

from typing import Final

#: The four phases of the contact cycle, in order (C19). Data tables carry them in `contact_phase`.
CONTACT_PHASES: Final = ("pre_contact", "contact", "full_contact", "post_contact")

#: Where a contact takes place.
MEDIA: Final = ("offline", "online")

#: Common routes of a contact. Own data may name others: this list only orders and suggests.
CHANNELS: Final = (
    "store",
    "web",
    "app",
    "phone",
    "email",
    "social_media",
    "print_tv",
    "delivery",
    "word_of_mouth",
)

#: Who steers the touchpoint.
CONTROLS: Final = ("owned", "paid", "partner", "earned")

#: German school grades, 1 is best.
GRADES: Final = (1, 2, 3, 4, 5, 6)

#: Lowest and highest importance a reader can give a touchpoint.
IMPORTANCE_RANGE: Final = (0, 10)

#: The five shifts of the essay on closeness, in its order, named after where they lead (C35–C39).
SHIFTS: Final = ("insight", "life_scarcities", "dialogue", "people", "will_to_relate")

#: Lowest and highest answer to a shift: 1 where the essay says one should leave, 5 arrived.
SHIFT_ANSWERS: Final = (1, 5)
