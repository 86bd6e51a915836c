"""What is said when a cluster does not answer as it should, in Dutch and English."""

from collections.abc import Mapping

from index.errors import ClusterError, IndexDamagedError, IndexOutdatedError
from index.settings import Address

KEY = "WOORDELIJK_INDEX_KEY"

CLUSTER_TEXTS: Mapping[str, Mapping[str, str]] = {
    "nl": {
        "unreachable": (
            "{address}: geeft geen antwoord ({reason}). Controleer of het cluster draait en of het adres klopt; "
            "er is niets veranderd."
        ),
        "time-out": (
            "{address}: gaf binnen {seconds} seconden geen antwoord. Probeer het opnieuw; blijft dat zo, kijk dan "
            "of alle knooppunten draaien. Er is niets veranderd."
        ),
        "key": "{address}: weigert de sleutel. Zet de juiste sleutel in de omgevingsvariabele {variable}.",
        "no key": "{address}: vraagt een sleutel. Zet die in de omgevingsvariabele {variable}.",
        "failing": (
            "{address}: kan nu niet antwoorden (status {status}: {reason}). Kijk of alle knooppunten draaien en "
            "schijfruimte hebben, en probeer het opnieuw."
        ),
        "refused": "{address}: weigert wat gevraagd werd (status {status}: {reason}).",
        "no Qdrant": "{address}: wat daar antwoordt is geen Qdrant ({reason}). Controleer host en poort.",
        "too old": "{address}: draait Qdrant {found}; nodig is {needed} of nieuwer. Werk het cluster bij.",
        "foreign": (
            "{address}: er is al een collectie van die naam, die niet van Woordelijk is. Kies een andere naam."
        ),
        "replaced": "{address}: de bibliotheek is intussen opnieuw gebouwd. Stel de vraag opnieuw.",
        "format": (
            "{address}: de bibliotheek heeft formaat {found}, deze versie van Woordelijk leest formaat {needed}. "
            "Bouw haar opnieuw met 'python -m index build --index {address}'."
        ),
        "damaged": (
            "{address}: {what} is niet wat er geschreven werd. Zet een momentopname terug, of bouw de bibliotheek "
            "opnieuw met 'python -m index build --index {address}'."
        ),
        "lost lock": (
            "{address}: een ander heeft het schrijven overgenomen. Er is niets gepubliceerd; voer de opdracht "
            "opnieuw uit."
        ),
    },
    "en": {
        "unreachable": (
            "{address}: does not answer ({reason}). Look whether the cluster runs and the address is right; "
            "nothing was changed."
        ),
        "time-out": (
            "{address}: gave no answer within {seconds} seconds. Try again; if that does not help, look whether "
            "all nodes run. Nothing was changed."
        ),
        "key": "{address}: refuses the key. Put the right one in the environment variable {variable}.",
        "no key": "{address}: asks for a key. Put it in the environment variable {variable}.",
        "failing": (
            "{address}: cannot answer now (status {status}: {reason}). Look whether all nodes run and have disk "
            "space, and try again."
        ),
        "refused": "{address}: refuses what was asked (status {status}: {reason}).",
        "no Qdrant": "{address}: what answers there is no Qdrant ({reason}). Look at the host and the port.",
        "too old": "{address}: runs Qdrant {found}; {needed} or newer is needed. Update the cluster.",
        "foreign": "{address}: a collection of that name exists that is not Woordelijk's. Choose another name.",
        "replaced": "{address}: the library was built anew meanwhile. Ask again.",
        "format": (
            "{address}: the library has format {found}, this version of Woordelijk reads format {needed}. "
            "Rebuild it with 'python -m index build --index {address}'."
        ),
        "damaged": (
            "{address}: {what} is not what was written. Restore a snapshot, or rebuild the library with "
            "'python -m index build --index {address}'."
        ),
        "lost lock": (
            "{address}: another command took over the writing. Nothing was published; run the command again."
        ),
    },
}


class ClusterOutdatedError(ClusterError, IndexOutdatedError):
    """A library of another format."""


class ClusterDamagedError(ClusterError, IndexDamagedError):
    """A library that is not what was written."""


class MissingCollectionError(ClusterError):
    """A collection that is not there, or no more."""


_KINDS = {"format": ClusterOutdatedError, "damaged": ClusterDamagedError, "replaced": MissingCollectionError}


def cluster_error(key: str, address: Address, **values: object) -> ClusterError:
    """The error with that sentence, in every language."""
    filled = {"address": str(address), "variable": KEY} | {name: str(value) for name, value in values.items()}
    texts = {language: sentences[key].format(**filled) for language, sentences in CLUSTER_TEXTS.items()}
    return _KINDS.get(key, ClusterError)(texts)
