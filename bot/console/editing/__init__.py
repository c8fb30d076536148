"""The editors inside a draft: intents, guides, wording, lexicon, rules, sources, adoption."""
