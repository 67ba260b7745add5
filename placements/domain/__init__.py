"""The rules. No web here: functions ask (a noun phrase) or change (a verb); a broken rule is a sentence."""
