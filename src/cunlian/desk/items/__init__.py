"""The county's item list: categories, their deadlines, and the words offices often use."""
