"""``python -m searchidx.clean.train DATA… [--out FILE]``: fit the line model and write its weights."""

import json
import random
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import click

from searchidx.clean.context import NAMES
from searchidx.clean.train.fit import FOLDS, Scorer, figures, fit_looks, fit_place, samples, scorer
from searchidx.clean.train.texts import Text, read_texts

DECIMALS = 3
LEAST = 0.02  # smaller weights of words are left out: they are most of the file and change nothing
FORMS = 3  # flattened forms of a page that are learnt from; more tell nothing new


@click.command()
@click.argument("data", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--trusted",
    multiple=True,
    type=click.Path(exists=True, path_type=Path),
    help="Data whose labels are better.",
)
@click.option("--weight", default=3.0, show_default=True, help="What a trusted text counts for.")
@click.option("--out", type=click.Path(path_type=Path), default=None, help="Where the weights go.")
@click.option("--jobs", default=2, show_default=True, help="Processes that flatten pages.")
@click.option("--no-figures", is_flag=True, help="Skip the figures on sites not seen.")
def main(
    data: tuple[Path, ...],
    trusted: tuple[Path, ...],
    weight: float,
    out: Path | None,
    jobs: int,
    no_figures: bool,
) -> None:
    """Fit the line model on DATA: folders of html/ and gold.jsonl, or files of labelled lines.

    The figures are of the trusted data, where there is any.
    """
    texts = _some_of_each(read_texts(data, jobs=jobs)) + read_texts(trusted, jobs=jobs, weight=weight)
    sites = sorted({text.site for text in texts})
    random.Random(1).shuffle(sites)
    fold = {site: place % FOLDS for place, site in enumerate(sites)}
    click.echo(f"{len(texts):,} texts of {len(sites):,} sites")
    unseen = [
        scorer(*fit_looks([text for text in texts if fold[text.site] != number])) for number in range(FOLDS)
    ]

    def score_of(site: str) -> Scorer:
        return unseen[fold[site]]

    found = list(samples(texts, random.Random(2)))
    if not no_figures:
        judged = [one for one in found if not trusted or one.text.weight != 1.0]

        @cache
        def place_without(number: int) -> tuple[list[float], float]:
            return fit_place([sample for sample in found if fold[sample.text.site] != number], score_of)

        for name, some in (
            ("dumps", [one for one in judged if len(one.places) == len(one.text.plains)]),
            ("nearly clean", [one for one in judged if len(one.places) < len(one.text.plains)]),
        ):
            told = figures(some, score_of, lambda site: place_without(fold[site]))
            click.echo(f"{name}: " + ", ".join(f"{key} {value:.4f}" for key, value in told.items()))
    looks, looks_bias = fit_looks(texts)
    place, place_bias = fit_place(found, score_of)
    facts: dict[str, Any] = {
        "looks_bias": round(looks_bias, DECIMALS),
        "place_bias": round(place_bias, DECIMALS),
        "place": {name: round(weight, DECIMALS + 1) for name, weight in zip(NAMES, place, strict=True)},
        "looks": {name: round(weight, DECIMALS) for name, weight in looks.items() if abs(weight) >= LEAST},
    }
    path = out or Path(str(resources.files("searchidx.clean").joinpath("model.json")))
    path.write_text(json.dumps(facts, ensure_ascii=False, indent=0, sort_keys=True) + "\n", "utf-8")
    click.echo(f"{path}: {path.stat().st_size:,} bytes, {len(facts['looks']):,} features of lines")


def _some_of_each(texts: list[Text]) -> list[Text]:
    """Choose a few flattened forms of each page."""
    by_page: dict[tuple[str, str], list[Text]] = {}
    for text in texts:
        by_page.setdefault((text.site, text.page), []).append(text)
    chance = random.Random(3)
    return [one for forms in by_page.values() for one in chance.sample(forms, min(FORMS, len(forms)))]


if __name__ == "__main__":
    main()
