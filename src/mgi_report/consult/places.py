"""Names of files that a round keeps, which stay true where the profile is renamed or moved.

"profile/en/annexes.md" is in the profile's folder, "shared/en/labels.yml" in that of the texts
which it shares with those beside it, "shipped/en/labels.yml" in that of the program.
"""

from __future__ import annotations

from posixpath import dirname, join

from mgi_report.consult.rewriting import DoesNotFit


def _folders(profile: str) -> dict[str, str]:
    return {
        "profile": profile,
        "shared": join(dirname(profile), "shared"),
        "shipped": "content/shared",
    }


def kept_as(profile: str, path: str) -> str | None:
    """Give the name of a file by its path in the project, None of one that no profile has."""
    for name, folder in _folders(profile).items():
        if path.startswith(f"{folder}/"):
            return f"{name}/{path.removeprefix(f'{folder}/')}"
    return None


def path_of(profile: str, name: str) -> str | None:
    """Give where a file lies now, None where the name says no place."""
    place, _, rest = name.partition("/")
    folder = _folders(profile).get(place)
    return f"{folder}/{rest}" if folder and rest and ".." not in rest.split("/") else None


def in_all_profiles(profile: str, path: str) -> DoesNotFit:
    """Say why a shared file is not written, and where one of the profile's own would go."""
    own = f"{profile}/{(kept_as(profile, path) or path).partition('/')[2]}"
    return DoesNotFit(
        f"all profiles read its words in {path}",
        f"Copy the file to {own} and apply again, to change it for this profile alone; "
        "or apply with --shared, to change it for all.",
    )


def is_shared(profile: str, path: str) -> bool:
    """Say whether other profiles read a file, too."""
    return (kept_as(profile, path) or "profile/").partition("/")[0] != "profile"
