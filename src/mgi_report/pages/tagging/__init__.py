"""Step 4, typeset: HTML elements become structure elements.

Where to look, to change

- tags of an HTML element: `meaning`, `lists`, `tables`, `figures`
- which part of the pages is whose: `tags`
- where spaces are lost, letters changed, notes read: `texts`, `finishing`
"""
