"""One question, one text: what is typed in the box, and what the form, the facets and the chips write there.

    text → language.read → Question → resolving → Answers → compiling → Q over Meeting
                                   ↘ describing: in words, as chips, in the fields of the form

``fields`` is the table of what can be asked; the help page, the hints and the explanations of mistakes all use it.
"""
