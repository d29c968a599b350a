"""Speaker: on whose word the text rests an event. Rows: text, predicate, speaker's mention or None."""

from __future__ import annotations

import pytest
from reading_factory import ONTOLOGY, make_frame, make_reading
from spacy.language import Language

from geograph.model import EntityType
from geograph.readers.speaker import speaker_of

ACTORS = {
    "France": ("FRA", EntityType.COUNTRY),
    "Iran": ("IRN", EntityType.COUNTRY),
    "Peru": ("PER", EntityType.COUNTRY),
    "French officials": ("FRA", EntityType.COUNTRY),
    "Anna Lindqvar": ("person.Anna_Lindqvar", EntityType.PERSON),
    "Lindqvar": ("person.Anna_Lindqvar", EntityType.PERSON),
    "Orsova Press": ("organization.Orsova_Press", EntityType.ORGANIZATION),
    "the foreign ministry": ("organization.Foreign_Ministry", EntityType.ORGANIZATION),
    "The foreign ministry": ("organization.Foreign_Ministry", EntityType.ORGANIZATION),
    "She": ("person.Anna_Lindqvar", EntityType.PERSON),
    "she": ("person.Anna_Lindqvar", EntityType.PERSON),
}

ROWS = [
    ("France attacked Iran, the foreign ministry said.", "attacked", "the foreign ministry"),
    ("The foreign ministry said France attacked Iran.", "attacked", "The foreign ministry"),
    ("Orsova Press reported that France attacked Iran.", "attacked", "Orsova Press"),
    ("France, the foreign ministry said, also attacked Iran.", "attacked", "the foreign ministry"),
    ("According to Lindqvar, France attacked Iran.", "attacked", "Lindqvar"),
    ("France attacked Iran, according to Lindqvar.", "attacked", "Lindqvar"),
    ("Orsova Press quoted Lindqvar as saying that France attacked Iran.", "attacked", "Lindqvar"),
    ("Lindqvar was quoted by Orsova Press as saying that France attacked Iran.", "attacked", "Lindqvar"),
    ("Orsova Press reported that Lindqvar said France attacked Iran.", "attacked", "Lindqvar"),
    ("French officials said France attacked Iran.", "attacked", "French officials"),
    ("A spokesman for the foreign ministry said France attacked Iran.", "attacked", "the foreign ministry"),
    ("France attacked Iran, said Lindqvar.", "attacked", "Lindqvar"),
    ("Lindqvar told Orsova Press that France attacked Iran.", "attacked", "Lindqvar"),
    ("In a statement, Lindqvar said France had agreed to supply Iran with jets.", "supply", "Lindqvar"),
    ("“France attacked Iran,” Lindqvar said.", "attacked", "Lindqvar"),
    ("“France left Peru,” Lindqvar said. “France attacked Iran.”", "attacked", "Lindqvar"),
    ("Lindqvar, who said France attacked Iran, left Peru.", "attacked", "Lindqvar"),
    ("A statement by the foreign ministry said France attacked Iran.", "attacked", "the foreign ministry"),
    ("Lindqvar claimed France attacked Iran.", "attacked", "Lindqvar"),
    ("France attacked Iran, she added.", "attacked", "she"),
    # The text says so itself, or names nobody.
    ("France attacked Iran.", "attacked", None),
    ("Officials said France attacked Iran.", "attacked", None),
    ("France attacked Iran after Lindqvar said Peru was safe.", "attacked", None),
    ("France attacked Iran and Lindqvar said Peru was safe.", "attacked", None),
    ("Lindqvar criticized Iran.", "criticized", None),
    ("Lindqvar said she would visit Peru. France attacked Iran.", "attacked", None),
    ("France, which Lindqvar said was weak, attacked Iran.", "attacked", None),
    ("France ordered Peru to attack Iran.", "attack", None),
    ("Lindqvar, speaking in Peru, said that France had attacked Iran.", "attacked", "Lindqvar"),
    ("Lindqvar told reporters on Friday that France had attacked Iran.", "attacked", "Lindqvar"),
    ('"France attacked Iran," said Anna Lindqvar, a spokeswoman.', "attacked", "Anna Lindqvar"),
    ('"France," Lindqvar said, "attacked Iran without warning."', "attacked", "Lindqvar"),
    ("Orsova Press, citing Lindqvar, reported that France attacked Iran.", "attacked", "Orsova Press"),
    ("France attacked Iran, Orsova Press reported, citing Lindqvar.", "attacked", "Orsova Press"),
    ("France attacked Iran, state media reported.", "attacked", None),
    ("France attacked Iran, a source told Orsova Press.", "attacked", None),
    ("Lindqvar confirmed that France had attacked Iran.", "attacked", "Lindqvar"),
    ("Lindqvar admitted France had attacked Iran.", "attacked", "Lindqvar"),
    ("Lindqvar accused France of attacking Iran.", "attacking", "Lindqvar"),
    ("Lindqvar denied that France attacked Iran.", "attacked", "Lindqvar"),
    ("Lindqvar blamed France for attacking Iran.", "attacking", "Lindqvar"),
    ("Lindqvar believes that France attacked Iran.", "attacked", "Lindqvar"),
    ("Lindqvar said she regretted that France attacked Iran.", "attacked", "Lindqvar"),
    ("Lindqvar said France, which attacked Iran, was wrong.", "attacked", None),
    ("Lindqvar said that after France attacked Iran, Peru fled.", "attacked", "Lindqvar"),
    ("Lindqvar said Peru fled and France attacked Iran.", "attacked", "Lindqvar"),
    ("Lindqvar left Peru after France attacked Iran.", "attacked", None),
    ("A statement from the foreign ministry said France attacked Iran.", "attacked", "the foreign ministry"),
    ("In a statement, the foreign ministry said France attacked Iran.", "attacked", "the foreign ministry"),
    ("According to a report by Orsova Press, France attacked Iran.", "attacked", "Orsova Press"),
    ("According to officials, France attacked Iran.", "attacked", None),
    ("As Lindqvar put it, France attacked Iran.", "attacked", None),
    ("France attacked Iran, as Orsova Press reported.", "attacked", "Orsova Press"),
    ("Lindqvar was quoted as saying France attacked Iran.", "attacked", "Lindqvar"),
    ("It quoted Lindqvar as saying France attacked Iran.", "attacked", "Lindqvar"),
    ("Lindqvar promised that France would attack Iran.", "attack", "Lindqvar"),
    ("Lindqvar asked whether France attacked Iran.", "attacked", None),
    ("France has attacked Iran, Lindqvar told a news conference.", "attacked", "Lindqvar"),
    ("France has attacked Iran, Lindqvar told Orsova Press.", "attacked", "Lindqvar"),
    ("The attack came as France attacked Iran, Lindqvar added.", "attacked", "Lindqvar"),
    ('Lindqvar said: "France attacked Iran."', "attacked", "Lindqvar"),
    ('Lindqvar: "France attacked Iran."', "attacked", "Lindqvar"),
    ('She spoke in Peru. "France attacked Iran."', "attacked", None),
    ("“We are sad,” Lindqvar said. “France attacked Iran. It was wrong.”", "attacked", "Lindqvar"),
    ("“France attacked Iran. It was wrong,” Lindqvar said.", "attacked", "Lindqvar"),
    ("Lindqvar said she was sad.\n“France attacked Iran.”", "attacked", None),
    ("France was said to have attacked Iran.", "attacked", None),
    ("Lindqvar warned that France would attack Iran.", "attack", "Lindqvar"),
    ("Lindqvar reacted to the news that France attacked Iran.", "attacked", None),
    ("Lindqvar said the troops that attacked Iran came from France.", "attacked", "Lindqvar"),
    ("The newspaper of Lindqvar is free. France attacked Iran.", "attacked", None),
]

QUOTED = [
    ("“We are sad. Peru wept. France attacked Iran. It was wrong,” Lindqvar said.", "attacked", "Lindqvar"),
    ("“We are sad,” Lindqvar said. “Peru wept. All did. France attacked Iran.”", "attacked", "Lindqvar"),
    ("Lindqvar said: “We are sad.\n\n“France attacked Iran.”", "attacked", "Lindqvar"),
    ("‘We are sad,’ Lindqvar said. ‘France attacked Iran.’", "attacked", "Lindqvar"),
    ("'We are sad. France attacked Iran,' said Lindqvar.", "attacked", "Lindqvar"),
    ("''We are sad,'' Lindqvar said. ''France attacked Iran.''", "attacked", "Lindqvar"),
    ("Lindqvar told reporters: “We are shocked. France attacked Iran.”", "attacked", "Lindqvar"),
    # The quotation is over, or is none.
    ("“We are sad,” Lindqvar said. France attacked Iran.", "attacked", None),
    ("‘We are sad,’ Lindqvar said. France attacked Iran.", "attacked", None),
    ("Lindqvar said it was the ministers’ plan. France attacked Iran.", "attacked", None),
    ("“We are sad,” Lindqvar said.\n\nFrance attacked Iran.", "attacked", None),
    ("Lindqvar's 'cold' tone was noted. France attacked Iran.", "attacked", None),
    ("Lindqvar spoke of a “sad day”. France attacked Iran.", "attacked", None),
]
VOICES = [
    ("France attacked Iran: Lindqvar", "attacked", "Lindqvar"),
    ("Lindqvar reported an attack by France on Iran.", "attack", "Lindqvar"),
    ("Lindqvar confirmed the attack by France on Iran.", "attack", "Lindqvar"),
    ("France attacked Iran, Lindqvar said on Monday.", "attacked", "Lindqvar"),
    ("The newspaper Orsova Press said France attacked Iran.", "attacked", "Orsova Press"),
    ("Lindqvar posted online that France attacked Iran.", "attacked", "Lindqvar"),
    # A country speaks through its unnamed media, but not through its analysts; a headline's topic does not speak.
    ("Peru's media said France attacked Iran.", "attacked", "Peru"),
    ("Newspapers in Peru said France attacked Iran.", "attacked", "Peru"),
    ("Peru's analysts said France attacked Iran.", "attacked", None),
    ("Peru's state television reported that France attacked Iran.", "attacked", "Peru"),
    ("Peru's opposition newspapers said France attacked Iran.", "attacked", None),
    ("Independent media in Peru said France attacked Iran.", "attacked", None),
    ("Peru: France attacked Iran", "attacked", None),
    ("Lindqvar saw the attack by France on Iran.", "attack", None),
    ("Lindqvar described Peru before the attack by France on Iran.", "attack", None),
]
ADDED = [
    # What the reporter adds in his own voice, and what is still the speaker's.
    ("Lindqvar said Peru, which France attacked, was safe. Iran fled.", "attacked", None),
    ("Lindqvar said Peru was ready for war, after France attacked Iran.", "attacked", None),
    ("Lindqvar said France was weak, after it attacked Iran.", "attacked", None),
    ("Lindqvar said France may be weak, after having attacked Iran.", "attacked", None),
    ("“France, which attacked Iran, was wrong,” Lindqvar said.", "attacked", "Lindqvar"),
    ("Lindqvar said Peru wept, which Orsova Press said France attacked Iran for.", "attacked", "Orsova Press"),
    ("Lindqvar said a ship that attacked Iran came from France.", "attacked", "Lindqvar"),
    # Whose statement "the statement" is.
    (
        "The foreign ministry issued a statement. The statement said France attacked Iran.",
        "attacked",
        "The foreign ministry",
    ),
    ("“France attacked Iran,” read a statement by the foreign ministry.", "attacked", "the foreign ministry"),
    ("Lindqvar released a report. Peru wept. “France attacked Iran,” the report said.", "attacked", "Lindqvar"),
    ("Lindqvar spoke in a statement. “France attacked Iran,” read the statement.", "attacked", "Lindqvar"),
    ("The foreign ministry spoke. A statement said France attacked Iran.", "attacked", None),
    ("Lindqvar read the newspaper. France attacked Iran.", "attacked", None),
    ("The statement said France attacked Iran.", "attacked", None),
    # On the word of whoever asks for it.
    ("Lindqvar urged France to attack Iran.", "attack", "Lindqvar"),
    ("France was urged by Lindqvar to attack Iran.", "attack", "Lindqvar"),
    ("Lindqvar called for an attack by France on Iran.", "attack", "Lindqvar"),
    ("Lindqvar spoke in Peru before calling for an attack by France on Iran.", "attack", "Lindqvar"),
    ("Orsova Press said Lindqvar asked France to attack Iran.", "attack", "Lindqvar"),
    ("France was urged to attack Iran.", "attack", None),
    ("France asked to attack Iran.", "attack", None),
    ("Orsova Press said France asked to attack Iran.", "attack", "Orsova Press"),
    ("Lindqvar asked if France attacked Iran.", "attacked", None),
    # A country speaks through its unnamed media and officials.
    ("Newspapers in Peru reported that France attacked Iran.", "attacked", "Peru"),
    ("Police in Peru said France attacked Iran.", "attacked", "Peru"),
    ("Residents of Peru said France attacked Iran.", "attacked", None),
    ("Exiled media in Peru said France attacked Iran.", "attacked", None),
]


@pytest.mark.parametrize(("text", "predicate", "expected"), ROWS + QUOTED + VOICES + ADDED)
def test_speaker(nlp: Language, text: str, predicate: str, expected: str | None) -> None:
    reading = make_reading(nlp, text, ACTORS)
    subject = "Lindqvar" if predicate == "criticized" else "France"
    frame = make_frame(reading, "attacks", predicate, subject, "Iran")
    speaker = speaker_of(reading, frame, ONTOLOGY.words)
    assert (speaker.text if speaker is not None else None) == expected
