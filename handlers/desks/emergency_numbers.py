"""Which number to call; who is registered is told who answers for their home as well."""

from data.civic.talk.messages import Reply, Turn
from handlers import colour_words
from handlers.acts.say_where import who_answers_for
from handlers.acts.speaks_for import own_people
from handlers.desk import Desk
from handlers.fixed_answers import answered, known
from handlers.office import Office
from handlers.word_lists import holds

desk = Desk("emergency_numbers", words={"call_words_worker": ()})


@desk.on("emergency_phone")
async def tell_numbers(turn: Turn, office: Office) -> Reply:
    """Name the grid worker to who asks for that and is known here; then the numbers."""
    told = known(turn)
    asked = holds(turn.release, "call_words_worker", turn.understanding.text)
    people = await own_people(office, turn.conversation.key.id) if asked else []
    workers = [await who_answers_for(office, one) for one in people]
    named = dict.fromkeys(colour_words.who_comes(turn.release, one) for one in workers)
    return answered(turn, told, *named, told.words)
