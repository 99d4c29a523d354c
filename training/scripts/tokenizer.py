"""The tokenizer of the shipped pipeline: spaCy's English rules, and a few more places to split inside a token.

Diplomatic texts join names in ways the stock rules keep whole: "U.S.-ROK", "U.S.-led", "Canberra;Tokyo",
footnote marks such as "Machtig.[1]". Named in the training configuration, stored with the pipeline's tokenizer.
"""

from spacy.language import Language
from spacy.util import compile_infix_regex, registry

INFIXES = [
    r"(?<=\.)[-–—/](?=[A-Za-z])",
    r"(?<=[A-Za-z])/(?=[A-Z])",
    r"[;\[\]\\]",
    r"(?<=[A-Za-z0-9])[.,](?=\[)",
]


@registry.callbacks("diplomacy.tokenizer.v1")
def create_tokenizer_callback():
    """Return a callback that adds our infixes to a pipeline's tokenizer."""

    def add_infixes(nlp: Language) -> None:
        nlp.tokenizer.infix_finditer = compile_infix_regex([*nlp.Defaults.infixes, *INFIXES]).finditer

    return add_infixes
