"""How people ask, decline, greet and thank in English, as patterns of whole messages in small letters."""

from __future__ import annotations

from forms.phrases import Meaning

PLEASE = r"(?:please |pls |plz |sorry |hi |hello |excuse me |um+ |but |and |so |well |hey |just )*+"
ENGLISH: tuple[tuple[Meaning, str], ...] = (
    (
        "human",
        r"(?:can|could|may) (?:i|you|we) (?:please )?(?:talk|speak|chat|connect|transfer|get|"
        r"put|call|contact|reach|ask)(?: me| us| through)?(?: to| with)?"
        r" ?(?:an? |the |some )?(?:real |live |actual )?(?:human|person|someone|somebody|agent|"
        r"staff|operator|people|representative|anyone|office|union)(?: being| member)?"
        r"|(?:i )?(?:want|need|would like|d like|wish|'d like|i'd like)(?: to)? ?(?:talk|speak|"
        r"chat|contact|reach|call|ask|have|get)?(?: to| with)? ?(?:an? |the |some )?(?:real |"
        r"live |actual )?(?:human|person|someone|somebody|agent|staff|operator|people|representative|"
        r"office|union)(?: being| member)?"
        r"|(?:talk|speak|connect|transfer)(?: me)? (?:to|with) (?:an? |the |some )?(?:real |live |"
        r"actual )?(?:human|person|someone|somebody|agent|staff|operator|people|representative)(?: being|"
        r" member)?"
        r"|(?:a |real |live |an )*+(?:human|agent|operator|real person|live agent|customer service|"
        r"customer support|representative|live chat)(?: being)?"
        r"|(?:what(?:'s| is) )?(?:the |your )?(?:phone|telephone|contact|hotline)(?: number)?|"
        r"who (?:can|should|do) i (?:ask|call|contact|talk to)|are you (?:a )?(?:robot|bot|human|"
        r"real)",
    ),
    (
        "lacking",
        r"(?:what )?if (?:i|we) have (?:none|nothing|not)|"
        r"(?:what )?if (?:i|we) (?:do not|don't|dont|have no|haven't|lost|can't find|have not)(?: have|"
        r" got)?(?: it| one| any| this| that| a \w+| the \w+| \w+){0,3}"
        r"|(?:i )?(?:do not|don't|dont) have (?:one|any|it|this|that|a \w+|\w+)(?: what (?:should|"
        r"do|can) i do| what now)|what should i do|what do i do(?: now)?|what now|i (?:lost|can't find|"
        r"cannot find) (?:it|them|mine)",
    ),
    (
        "writing",
        r"(?:i )?(?:can't|cannot|can not|don't know how to|do not know how to|am not good at|"
        r"'m not good at|i'm not good at)(?: to)? (?:write|writing)(?: it| this| that| well| these)?(?: can you(?: write it"
        r"| help| do it)?(?: for me)?)?"
        r"|(?:can|could|would|will) you (?:please )?(?:write|fill|draft|do|generate|complete)(?: it|"
        r" this| that| in| out| something)*+(?: for me)?|(?:please )?(?:write|fill|draft)(?: it|"
        r" this| in)*+(?: for me)|(?:please )?help me (?:to )?(?:write|fill|draft)(?: it| this|"
        r" in)*+",
    ),
    (
        "how",
        r"(?:i (?:don't|do not|dont) know )?how (?:do|can|should|to|must|would)(?: i| you| we)?(?: to)? ?(?:fill|"
        r"answer|write|do|enter|choose|complete|send|upload|count|type|reply|find|get|use|say)?(?: it|"
        r" this| that| in| out| here| the form| something)*+"
        r"|what (?:should|do|must|can|shall) i (?:write|enter|put|type|choose|say|send|answer|"
        r"fill)(?: in| here| down)*+|help(?: me)?|(?:i )?need help|/help|where (?:do|can) i (?:find|"
        r"get|see)(?: it| this| that)?",
    ),
    (
        "what",
        r"what(?:'s| is| does| do)(?: it| this| that| you| the question| this question| \w+){0,2}(?: mean(?: by (?:it|"
        r"this|that))?)?|what do you mean|meaning|what"
        r"|(?:i )?(?:do not|don't|dont|didn't|did not|cannot|can't) (?:understand|get)(?: it|"
        r" this| that| you| the question| this question)*+|(?:i'm |i am |im )?(?:confused|lost)|"
        r"explain(?: it| this| that)?(?: again| more)?|can you explain(?: it| this| that)?|(?:an )?examples?|"
        r"for example|give me an example"
        r"|why(?: do you (?:ask|need|want)(?: it| this| that| me)*+| is (?:this|that) needed)?|"
        r"(?:is (?:this|it) |do i have to |must i |can i |may i )(?:required|optional|necessary|"
        r"needed|mandatory|skip|answer|fill)(?: it| this| that| in)*+|unclear",
    ),
    (
        "unknown",
        r"(?:i )?(?:do not|don't|dont|didn't) (?:really )?(?:know|remember|recall)(?: it| this|"
        r" that| yet| exactly)*+|(?:i )?(?:have )?no (?:idea|clue)|(?:i'm |i am |im )?not (?:sure|"
        r"certain)(?: about (?:it|this|that))?|dunno|idk|(?:i )?(?:forgot|forget|can't remember|"
        r"cannot remember|have forgotten|can't recall)(?: it| that)?|unknown|unsure|who knows"
    ),
    (
        "whatever",
        r"whatever(?: you (?:like|think|want))?|any(?: one)?|(?:it )?does(?:n't| not) matter|"
        r"(?:i )?(?:don't|do not) (?:care|mind)|up to you|you (?:choose|decide)|anything"
    ),
    (
        "none",
        r"(?:i )?(?:do not|don't|dont) have (?:one|any|it|this|that|either)|(?:i )?(?:have )?(?:none|"
        r"nothing)(?: of (?:these|them|the above))?|not any|nil|n/a|not applicable|i have none"
    ),
    (
        "mend",
        r"(?:i )?(?:have )?(?:made|just made) a (?:mistake|typo|slip)(?: (?:before|above|there|earlier))?|(?:oops )?my mistake"
        r"|(?:the )?(?:last|previous) (?:one|answer|question|message) (?:is|was) (?:wrong|a mistake|not right|incorrect)"
        r"|that was (?:wrong|a mistake|not right|incorrect)|i (?:typed|wrote|entered|chose|pressed|picked) (?:it |that |the )?"
        r"(?:wrong(?:ly)?|wrong (?:one|button|answer))|(?:can|how can|how do) i (?:change|correct|edit|undo) (?:it|that|my answer"
        r"|the last (?:one|answer)|an answer)|(?:i want to )?(?:undo|change my (?:last )?answer|correct my (?:last )?answer)",
    ),
    (
        "wait",
        r"(?:wait|hold on|hang on)(?: a)?(?: moment| minute| second| sec| bit)?"
        r"|(?:one|just a|give me a) (?:moment|minute|second|sec)"
        r"|let me (?:see|think|check|look(?: it up)?)|(?:i'll|i will) be right back|brb",
    ),
    (
        "greeting",
        r"(?:hi|hello|hey|good (?:morning|afternoon|evening|day|night)|hiya|howdy|greetings)(?: there|"
        r" all| everyone| again)?|anybody there|anyone there|is (?:anyone|anybody|someone) there|"
        r"are you there|who are you|what can you do|how are you"
    ),
    (
        "thanks",
        r"(?:ok |okay |great |good |many |well )*+(?:thanks?|thank you|thx|thank u|tks)(?: you)?(?: so much|"
        r" very much| a lot| again| all| for (?:your|the) help)*+|(?:much )?appreciated?(?: it)?|"
        r"cheers|(?:good ?)?bye(?: ?bye)?|see you(?: later| tomorrow)?|cool|awesome"
    ),
)  # fmt: skip
BEHIND = "(?: please| pls| plz| thanks| thank you| here| at all| exactly| sir| madam)*+"
