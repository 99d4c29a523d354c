"""Words of a sentence that tell of a meeting: phrases make rules, rules match, a match has its reality, medium and cues."""
