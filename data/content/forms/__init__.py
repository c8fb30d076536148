"""Tables of content files as the fields of a form, and back."""
