"""Stories of releases and signatures, as parts of other documents."""

from data.civic.knowing.draft_parts import Signature
from data.civic.knowing.drafts import Lane
from data.civic.knowing.stories import Story
from data.store.collection import Document


def to_document(story: Story) -> Document:
    """Write a story."""
    return {
        "draft": story.draft,
        "title": story.title,
        "lane": story.lane.value,
        "authors": list(story.authors),
        "signatures": [signature_to_document(one) for one in story.signatures],
        "paths": list(story.paths),
        "changed": story.changed,
    }


def from_document(document: Document) -> Story:
    """Read a story."""
    return Story(
        draft=document["draft"],
        title=document["title"],
        lane=Lane(document["lane"]),
        authors=tuple(document["authors"]),
        signatures=tuple(signature_from_document(one) for one in document["signatures"]),
        paths=tuple(document["paths"]),
        changed=document["changed"],
    )


def signature_to_document(one: Signature) -> Document:
    """Write a signature."""
    return {
        "by": one.by,
        "name": one.name,
        "department": one.department,
        "content": one.content,
        "at": one.at,
        "commanding": one.commanding,
    }


def signature_from_document(document: Document) -> Signature:
    """Read a signature."""
    return Signature(
        by=document["by"],
        name=document["name"],
        department=document["department"],
        content=document["content"],
        at=document["at"],
        commanding=document["commanding"],
    )
