"""A folder that the kit fills and its owner changes: what was changed is left alone."""

from touchpoints.kept_folder.update import NEW_VERSIONS, Outcome, update_folder

__all__ = ["NEW_VERSIONS", "Outcome", "update_folder"]
