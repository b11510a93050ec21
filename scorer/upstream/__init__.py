"""Public labelled sets as their authors publish them: where each lies, how it is fetched, how it becomes one of our tables."""
