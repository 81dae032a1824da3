"""Words that carry grammar rather than meaning, in queries.

They stay in the index, so that phrases hold them; a query drops them from scoring while other
words remain. The list is made from the closed classes of English grammar.
"""

_ARTICLES = "a an the this that these those such each every either neither some any no all both half several"
_PRONOUNS = (
    "i me my mine myself we us our ours ourselves you your yours yourself yourselves he him his himself she "
    "her hers herself it its itself they them their theirs themselves who whom whose which what whatever "
    "someone somebody something anyone anybody anything everyone everybody everything nobody nothing one ones"
)
_AUXILIARIES = (
    "am is are was were be been being do does did doing done have has had having will would shall should can "
    "could may might must ought dont doesnt didnt isnt arent wasnt werent wont wouldnt cannot cant couldnt "
    "hasnt havent hadnt shouldnt im youre hes shes theyre weve ive youve theyve ill youll hell shell theyll"
)
_PREPOSITIONS = (
    "about above across after against along among around as at before behind below beneath beside besides "
    "between beyond by down during except for from in inside into like near of off on onto out outside over "
    "past per since through throughout to toward towards under until up upon via with within without"
)
_CONJUNCTIONS = (
    "and or but nor so yet because although though while whereas whether if unless than then when where"
)
_ADVERBS = (
    "here there why how again also almost already always ever even just more most much many less least very "
    "too only own same other another else rather quite still once now not never often perhaps however "
    "therefore thus hence etc"
)

# Words or names of their own as typed in news: U.S., May, Near East.
_MEANING = "us ill hell shell may will im half past like near inside outside down"

STOP_WORDS = frozenset(
    " ".join((_ARTICLES, _PRONOUNS, _AUXILIARIES, _PREPOSITIONS, _CONJUNCTIONS, _ADVERBS)).split()
) - frozenset(_MEANING.split())
