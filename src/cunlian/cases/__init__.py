"""A resident's request from first word to confirmed answer: collect, dispatch, handle, feed back, confirm."""
