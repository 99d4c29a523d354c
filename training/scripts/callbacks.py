"""What training needs of code: the tokenizer of the shipped pipeline, and fast matrix products.

The tokenizer has spaCy's English rules, and a few more for diplomatic texts.
Names are joined there in ways that the stock rules keep whole ("U.S.-ROK", "Canberra;Tokyo", "Machtig.[1]"), and
abbreviated where they cut the full stop off ("Amb."). Stored with the pipeline, so nothing here is needed to load it.
"""

from spacy.language import Language
from spacy.symbols import ORTH
from spacy.util import compile_infix_regex, registry
from thinc.api import NumpyOps, set_current_ops

INFIXES = [
    r"(?<=\.)[-–—/](?=[A-Za-z])",
    r"(?<=[A-Za-z])/(?=[A-Z][a-z])",
    r"[;\[\]\\]",
    r"(?<=[A-Za-z0-9])[.,](?=\[)",
]
ABBREVIATIONS = [
    *["Amb.", "Min.", "Pres.", "Sec.", "Secy.", "Dep.", "Asst.", "Cong.", "Del.", "Dir.", "Comm."],
    *["Capt.", "Cmdr.", "Cdr.", "Maj.", "Brig.", "Hon.", "Messrs.", "Mme.", "Mlle.", "Msgr.", "Fr."],
    *["para.", "paras.", "ref.", "refs.", "tel.", "encl.", "approx.", "dept.", "Dept.", "Govt.", "govt.", "Nos."],
]


@registry.callbacks("diplomacy.tokenizer.v1")
def create_tokenizer_callback():
    """Return a callback that adds our rules to a pipeline's tokenizer."""

    def add_rules(nlp: Language) -> None:
        nlp.tokenizer.infix_finditer = compile_infix_regex([*nlp.Defaults.infixes, *INFIXES]).finditer
        for abbreviation in ABBREVIATIONS:
            nlp.tokenizer.add_special_case(abbreviation, [{ORTH: abbreviation}])

    return add_rules


@registry.callbacks("diplomacy.openblas.v1")
def create_openblas_callback():
    """Return a callback that has NumPy's OpenBLAS multiply matrices, nearly three times as fast as thinc's BLIS with AVX-512."""

    def use(language: type[Language]) -> type[Language]:
        set_current_ops(NumpyOps(use_blis=False))
        return language

    return use
