"""What the assistant knows: guides, bundles, cases, releases."""
